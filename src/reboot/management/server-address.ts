export interface ServerAddress {
  readonly host: string
  readonly port: number
  readonly tls: boolean
}

/** The ports of a switch where the company names none, and the one that always speaks TLS. */
export interface UsualPorts {
  readonly port: number
  readonly tlsPort?: number
}

const form = /^(?<tls>tls:\/\/)?(?:\[(?<v6>[0-9A-Fa-f:.]+)\]|(?<host>[A-Za-z0-9._-]+))(?::(?<port>\d{1,5}))?$/

/** `pbx.example.net`, `10.0.0.5:5038`, `[2001:db8::5]:5038`, `tls://pbx.example.net`. */
export function readServerAddress(text: string, usual: UsualPorts): ServerAddress | undefined {
  const { tls, v6, host, port: given } = form.exec(text)?.groups ?? {}
  const name = v6 ?? host
  if (name === undefined || (tls && usual.tlsPort === undefined)) return undefined
  const port = given === undefined ? ((tls ? usual.tlsPort : undefined) ?? usual.port) : Number(given)
  if (port < 1 || port > 65_535) return undefined
  return { host: name, port, tls: tls !== undefined || port === usual.tlsPort }
}

/** For people and for messages: without what the company may have left out. */
export function describeServer({ host, port }: ServerAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
