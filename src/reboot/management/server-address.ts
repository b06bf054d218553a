export interface ServerAddress {
  readonly host: string
  readonly port: number
}

const form = /^(?:\[(?<v6>[0-9A-Fa-f:.]+)\]|(?<name>[A-Za-z0-9._-]+)):(?<port>\d{1,5})$/

/** `pbx.example.net:5038`, `10.0.0.5:5038`, `[2001:db8::5]:5038`. */
export function readServerAddress(text: string): ServerAddress | undefined {
  const { v6, name, port: given } = form.exec(text)?.groups ?? {}
  const host = v6 ?? name
  const port = Number(given)
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port }
}
