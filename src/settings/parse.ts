import { isIP, isIPv6 } from 'node:net'
import { resolve } from 'node:path'

/** A setting's value, or what is wrong with its text and what would be right. */
export type Reading<T> = { readonly value: T } | Fault

export interface Fault {
  readonly wrong: string
  readonly right: string
}

/** Where a listener listens; port 0 is any free one. */
export interface Address {
  readonly host: string
  readonly port: number
}

export function folder(text: string): Reading<string> {
  return { value: resolve(text) }
}

export function oneOf<const T extends string>(...words: readonly T[]): (text: string) => Reading<T> {
  return (text) => {
    const value = words.find((word) => word === text.toLowerCase())
    if (value !== undefined) return { value }
    return { wrong: `${quoted(text)} is not one of them`, right: words.join(', ') }
  }
}

export type TlsWord = 'modern' | 'legacy'

/** What each TLS listener lets in. */
export interface TlsPolicies {
  readonly https: TlsWord
  readonly mtls: TlsWord
}

/** One word for both TLS listeners, or each by its name: `https=legacy, mtls=modern`. What is not named is modern. */
export function tlsPolicies(text: string): Reading<TlsPolicies> {
  const word = '(modern|legacy)'
  const right = 'modern, legacy, or by listener as in https=legacy, mtls=modern'
  const both = new RegExp(`^${word}$`, 'i').exec(text)?.[1]?.toLowerCase() as TlsWord | undefined
  if (both) return { value: { https: both, mtls: both } }
  const policies: { https: TlsWord; mtls: TlsWord } = { https: 'modern', mtls: 'modern' }
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [, name, policy] = new RegExp(`^(https|mtls)=${word}$`, 'i').exec(part) ?? []
    if (name === undefined || policy === undefined) return { wrong: `${quoted(part)} is no policy`, right }
    policies[name.toLowerCase() as keyof TlsPolicies] = policy.toLowerCase() as TlsWord
  }
  return { value: policies }
}

/** `host:port`, `[::1]:port`, a port alone (on the host the listener has by default), or `off`. */
export function listener(usualHost: string): (text: string) => Reading<Address | 'off'> {
  return (text) => {
    if (text.toLowerCase() === 'off') return { value: 'off' }
    const parts = /^(?:(?:\[([^\]]+)\]|([^[\]:/\s]+)):)?(\d{1,5})$/.exec(text)
    const port = Number(parts?.[3])
    const host = parts?.[1] ?? parts?.[2] ?? usualHost
    const isHost = parts?.[1] === undefined || isIPv6(parts[1])
    if (parts && isHost && port <= 65_535) return { value: { host, port } }
    return {
      wrong: `${quoted(text)} is no address to listen on`,
      right: `host:port as in ${usualHost}:8080 or [::]:8080, a port from 0 to 65535 alone, or off`,
    }
  }
}

/** The address that is written into the devices' files; it ends in a slash so that file names can be put after it. */
export function publicUrl(text: string): Reading<string> {
  const right = 'the address devices reach this server at, as in https://prov.example.net:8443/'
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return { wrong: 'it is not an http or https URL', right }
  if (url.username || url.password) return { wrong: 'it holds a user or a password', right }
  if (url.search || url.hash) return { wrong: 'it holds a ? or a #', right }
  return { value: url.href.endsWith('/') ? url.href : `${url.href}/` }
}

export function wholeNumber(least: number, most: number): (text: string) => Reading<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return { value }
    return { wrong: `${quoted(text)} is no such number`, right: `a whole number from ${least} to ${most}` }
  }
}

/** Something only two sides know: long enough that nobody finds it by trying. */
export function secretText(text: string): Reading<string> {
  if (/^[\x21-\x7e]{24,}$/.test(text)) return { value: text }
  return {
    wrong: 'it is too easy to guess',
    right: 'at least 24 letters, digits and signs without blanks, as openssl rand -base64 32 makes',
  }
}

export type FeedDatabase = { readonly file: string } | { readonly url: string }

export function feedDatabase(text: string): Reading<FeedDatabase> {
  if (!postgres.test(text)) return { value: { file: resolve(text) } }
  const reading = serverUrl(text)
  return 'value' in reading ? { value: { url: reading.value } } : reading
}

const postgres = /^postgres(ql)?:\/\//

/** The address of a PostgreSQL, which may hold a password. */
export function serverUrl(text: string): Reading<string> {
  if (postgres.test(text) && URL.canParse(text)) return { value: text }
  return {
    wrong: 'it is not the address of a PostgreSQL',
    right: 'postgresql://user:password@host:5432/database',
  }
}

export function webUrl(text: string): Reading<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return { value: url.href }
  return {
    wrong: 'it is not an http or https URL without a password',
    right: 'an address as in https://crm.example.net/bootline',
  }
}

/** What goes over the way to a provider decides who may sign in: without TLS only to this very machine. */
export function issuerUrl(text: string): Reading<string> {
  const reading = webUrl(text)
  if (!('value' in reading)) return reading
  const { protocol, hostname } = new URL(reading.value)
  if (protocol === 'https:' || /^(127\.0\.0\.1|\[::1\]|localhost)$/.test(hostname)) return reading
  return { wrong: 'it is not an https URL', right: 'an address as in https://login.example.net/realms/main' }
}

/** Without blanks; the text itself never appears in what is wrong with it. */
export function plainText(text: string): Reading<string> {
  if (/^[\x21-\x7e]{1,500}$/.test(text)) return { value: text }
  return { wrong: 'it holds blanks or other signs', right: 'the text as the provider shows it' }
}

/** Addresses and networks, divided by commas or blanks; an address alone is a network of one. */
export function networks(text: string): Reading<readonly string[]> {
  const read: string[] = []
  for (const written of text.split(/[\s,]+/).filter(Boolean)) {
    const network = networkOf(written)
    if (network === undefined) {
      return {
        wrong: `${quoted(written)} is no network`,
        right: 'addresses or networks as in 10.0.0.0/8, 2001:db8::/32',
      }
    }
    read.push(network)
  }
  return { value: read }
}

function networkOf(written: string): string | undefined {
  const [address = '', length, ...rest] = written.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  return rest.length === 0 && bits >= 0 && bits <= most ? `${address}/${bits}` : undefined
}

/** 32 bytes, written as base64url (or base64) or as hex digits. Its text never appears in what is wrong with it. */
export function key(text: string): Reading<Uint8Array> {
  if (/^[0-9a-f]{64}$/i.test(text)) return { value: Buffer.from(text, 'hex') }
  if (/^[\w+/-]{43}=?$/.test(text)) return { value: Buffer.from(text, 'base64url') }
  return {
    wrong: 'it is not a key',
    right: '32 random bytes as base64 or 64 hex digits, as openssl rand -hex 32 makes',
  }
}

function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}
