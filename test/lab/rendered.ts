/** What a device reads out of its files. Written for the tests alone, so that a wrong name in a file is noticed. */
export interface Account {
  readonly user: string
  readonly password: string
  readonly domain: string
  readonly transport: string
  /** Whom it registers with: the proxy where it has one. */
  readonly server: string
}

export interface Configured {
  readonly accounts: readonly Account[]
  /** What it signs in with at the provisioning server. */
  readonly signIn?: { readonly user: string; readonly password: string }
}

export type Values = ReadonlyMap<string, string>

/** `name = value` a line; `%NULL%` says that there is none. */
export function yealinkValues(texts: readonly string[]): Values {
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => !line.startsWith('#'))
  return new Map(
    lines.flatMap((line) => {
      const [, name, value = ''] = /^(\S+) = ?(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name, value === '%NULL%' ? '' : value] as const]
    }),
  )
}

/** Attributes; the texts of the tests have no entities in them. */
export function polycomValues(texts: readonly string[]): Values {
  const pairs = texts.flatMap((text) => [...text.matchAll(/([\w.-]+)="([^"]*)"/g)])
  return new Map(pairs.map(([, name = '', value = '']) => [name, value]))
}

export function yealinkConfigured(values: Values): Configured {
  const transports = ['udp', 'tcp', 'tls']
  const accounts = numbered(values, /^account\.(\d+)\.enable$/)
    .filter((n) => values.get(`account.${n}.enable`) === '1')
    .map((n) => {
      const of = (name: string) => values.get(`account.${n}.${name}`) ?? ''
      return {
        user: of('user_name'),
        password: of('password'),
        domain: of('sip_server.1.address'),
        transport: transports[Number(of('sip_server.1.transport_type') || 0)] ?? 'unknown',
        server: `${of('outbound_proxy.1.address')}:${of('outbound_proxy.1.port')}`,
      }
    })
  return {
    accounts,
    ...signIn(values, 'static.auto_provision.server.username', 'static.auto_provision.server.password'),
  }
}

export function polycomConfigured(values: Values): Configured {
  const accounts = numbered(values, /^reg\.(\d+)\.address$/)
    .filter((n) => values.get(`reg.${n}.address`) !== '')
    .map((n) => {
      const of = (name: string) => values.get(`reg.${n}.${name}`) ?? ''
      return {
        user: of('auth.userId'),
        password: of('auth.password'),
        domain: of('server.1.address'),
        transport: of('server.1.transport').replace('Only', '').toLowerCase(),
        server: `${of('outboundProxy.address')}:${of('outboundProxy.port')}`,
      }
    })
  return { accounts, ...signIn(values, 'device.prov.user', 'device.prov.password') }
}

function numbered(values: Values, pattern: RegExp): readonly string[] {
  return [...values.keys()].flatMap((name) => pattern.exec(name)?.[1] ?? [])
}

function signIn(values: Values, userName: string, passwordName: string): Pick<Configured, 'signIn'> {
  const [user, password] = [values.get(userName), values.get(passwordName)]
  return user && password ? { signIn: { user, password } } : {}
}
