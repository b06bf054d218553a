import { nearest } from './domain/nearest.ts'
import type { Address } from './settings/parse.ts'
import { type Row, type Settings, table } from './settings/table.ts'

export type { Address } from './settings/parse.ts'
export type { Settings } from './settings/table.ts'

export interface SettingProblem {
  /** The variable's name. */
  readonly name: string
  readonly wrong: string
  readonly right: string
}

/** One setting as people see it; a secret shows only whether it is set. */
export interface ShownSetting {
  readonly name: string
  readonly value: string
  readonly origin: 'default' | 'environment'
  readonly about: string
}

export type SettingsReading =
  | { readonly settings: Settings; readonly shown: readonly ShownSetting[] }
  | { readonly problems: readonly SettingProblem[] }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads all settings, or says all that is wrong with them. An empty variable counts as absent. */
export function readSettings(env: Environment): SettingsReading {
  const dataFolder = textIn(env, table.data.name) ?? table.data.usual('') ?? ''
  const values: Record<string, unknown> = {}
  const shown: ShownSetting[] = []
  const problems = [...unknownNames(env)]
  for (const [key, row] of Object.entries<Row<unknown>>(table)) {
    const given = textIn(env, row.name)
    const text = given ?? row.usual(dataFolder)
    const reading = text === undefined ? { value: undefined } : row.parse(text)
    if ('wrong' in reading) problems.push({ name: row.name, wrong: reading.wrong, right: reading.right })
    else {
      values[key] = reading.value
      const origin = given === undefined ? 'default' : 'environment'
      shown.push({ name: row.name, value: shownValue(row, reading.value), origin, about: row.about })
    }
  }
  // Each row's parser has made the value that the type of its column promises.
  const settings = values as unknown as Settings
  problems.push(...conflicts(settings, env))
  return problems.length > 0 ? { problems } : { settings, shown }
}

/** All settings as they are in force; of a secret only whether it is set. */
export function shownSettings(settings: Settings): readonly {
  readonly name: string
  readonly value: string
  readonly isSet: boolean
  readonly about: string
}[] {
  return Object.entries<Row<unknown>>(table).map(([key, row]) => {
    const value: unknown = settings[key as keyof Settings]
    const isSet = value !== undefined && !(Array.isArray(value) && value.length === 0)
    return { name: row.name, value: row.secret ? '' : shownValue(row, value), isSet, about: row.about }
  })
}

function textIn(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined
}

/** A misspelt setting would silently have no effect. BOOTLINE_TEST_… belongs to the tests. */
function unknownNames(env: Environment): readonly SettingProblem[] {
  const known = Object.values<Row<unknown>>(table).map((row) => row.name)
  return Object.keys(env)
    .filter(
      (name) => name.startsWith('BOOTLINE_') && !name.startsWith('BOOTLINE_TEST_') && !known.includes(name),
    )
    .sort()
    .map((name) => {
      const meant = nearest(name, known)
      const right = meant ? `did you mean ${meant}?` : 'bootline settings lists those there are'
      return { name, wrong: 'there is no such setting', right }
    })
}

function conflicts(settings: Settings, env: Environment): readonly SettingProblem[] {
  const problems: SettingProblem[] = []
  if (textIn(env, table.key.name) && textIn(env, table.keyFile.name)) {
    problems.push({
      name: table.keyFile.name,
      wrong: `a key is given by ${table.key.name} too`,
      right: 'set one of them',
    })
  }
  if (settings.registrar && settings.registrar !== 'off' && !textIn(env, table.registrarToken.name)) {
    problems.push({
      name: table.registrarToken.name,
      wrong: `it is not set, and ${table.registrar.name} gives accounts to whoever shows it`,
      right: 'set it to what openssl rand -base64 32 makes',
    })
  }
  if (settings.webhookUrl && !textIn(env, table.webhookSecret.name)) {
    problems.push({
      name: table.webhookSecret.name,
      wrong: `it is not set, and signs what is sent to ${table.webhookUrl.name}`,
      right: 'set it to what openssl rand -base64 32 makes',
    })
  }
  const pair = [table.adminCert.name, table.adminKey.name]
  const [missing, ...others] = pair.filter((name) => textIn(env, name) === undefined)
  if (missing !== undefined && others.length === 0) {
    problems.push({
      name: missing,
      wrong: 'a certificate and its key belong together',
      right: 'set both or none',
    })
  }
  problems.push(...providerConflicts(env))
  const tcp = (['http', 'https', 'mtls', 'admin', 'registrar'] as const).map((key) => ({
    name: table[key].name,
    address: settings[key],
  }))
  tcp.forEach(({ name, address }, index) => {
    const earlier = tcp.slice(0, index).find((other) => collide(other.address, address))
    if (earlier)
      problems.push({
        name,
        wrong: `${earlier.name} listens there too`,
        right: 'give each a port of its own',
      })
  })
  return problems
}

/** A provider has to know Bootline by a name, and where to send people back to. */
function providerConflicts(env: Environment): readonly SettingProblem[] {
  const { oidcIssuer, oidcClientId, oidcClientSecret, adminUrl } = table
  const given = [oidcIssuer, oidcClientId, oidcClientSecret].find(({ name }) => textIn(env, name))
  if (!given) return []
  return [oidcIssuer, oidcClientId, adminUrl]
    .filter(({ name }) => !textIn(env, name))
    .map(({ name }) => ({
      name,
      wrong: `it is not set, and ${given.name} is`,
      right: 'set both, or neither',
    }))
}

/** One port twice on the same host, or on a host and on all of them. An address that could not be read collides with none. */
function collide(a: Address | 'off' | undefined, b: Address | 'off' | undefined): boolean {
  if (!a || !b || a === 'off' || b === 'off' || a.port !== b.port || a.port === 0) return false
  return a.host === b.host || [a.host, b.host].some((host) => host === '0.0.0.0' || host === '::')
}

function shownValue(row: Row<unknown>, value: unknown): string {
  if (value === undefined) return ''
  if (row.secret) return '(set, not shown)'
  if (Array.isArray(value)) return value.join(', ')
  if (isAddress(value)) return writtenAddress(value)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, word]) => `${name}=${word}`)
    .join(', ')
}

function isAddress(value: unknown): value is Address {
  return typeof value === 'object' && value !== null && 'host' in value && 'port' in value
}

/** `[::1]:8080`, `0.0.0.0:8080`. */
export function writtenAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
