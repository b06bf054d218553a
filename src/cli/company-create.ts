import { catalogue } from '../devices/catalogue.ts'
import { deviceAccesses, locales, transports } from '../domain/intent.ts'
import { applyPlanned } from '../fleet/apply.ts'
import { planNewCompany } from '../fleet/new-company.ts'
import type { CompanyEntry } from '../fleet/schema.ts'
import type { Store } from '../store/store.ts'
import { Refusal } from './failure.ts'
import { commandLineUser } from './fleet-store.ts'

/** What a new company seldom does without; the rest is written in a fleet file. */
export const settingOptions = {
  domain: { type: 'string', value: 'HOST', about: 'with create: the SIP domain the lines register with' },
  proxy: { type: 'string', value: 'HOST', about: 'with create: the outbound proxy' },
  port: { type: 'string', value: 'N', about: 'with create: the port of the SIP server' },
  transport: { type: 'string', value: transports.join('|'), about: 'with create: udp when absent' },
  locale: { type: 'string', value: locales.join('|'), about: 'with create: fr when absent' },
  timezone: { type: 'string', value: 'ZONE', about: 'with create: Europe/Paris when absent' },
  access: {
    type: 'string',
    value: deviceAccesses.join('|'),
    about: 'with create: who is given files, first-contact when absent',
  },
} as const

type Given = { readonly [Name in keyof typeof settingOptions]?: string | undefined }

/** Adds a company without sites and lines; nothing restarts by it, so nobody is asked. */
export async function createCompany(store: Store, name: string, given: Given): Promise<void> {
  const entry = entryOf(name, given)
  await applyPlanned(store, (reader) => planNewCompany(reader, entry, catalogue), { who: commandLineUser() })
}

function entryOf(name: string, given: Given): CompanyEntry {
  const { domain, proxy, port, timezone } = given
  if (domain === undefined) {
    throw new Refusal('usage', '--domain is missing', 'name the SIP domain its lines register with')
  }
  if (port !== undefined && !/^\d{1,5}$/.test(port)) {
    throw new Refusal('usage', `"${port}" is not a port`, 'give a number such as 5060')
  }
  return {
    name,
    locale: chosen('locale', given.locale, locales),
    timezone,
    deviceAccess: chosen('access', given.access, deviceAccesses),
    sip: {
      domain,
      proxy,
      port: port === undefined ? undefined : Number(port),
      transport: chosen('transport', given.transport, transports),
    },
  }
}

function chosen<T extends string>(
  option: string,
  text: string | undefined,
  choices: readonly T[],
): T | undefined {
  const choice = choices.find((one) => one === text)
  if (text === undefined || choice !== undefined) return choice
  throw new Refusal('usage', `--${option} cannot be "${text}"`, `give ${choices.join(', ')}`)
}
