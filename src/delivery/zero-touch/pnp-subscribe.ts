import { isIPv4 } from 'node:net'
import type { SipRequest } from './sip-message.ts'

/** What a phone says of itself when it asks for its server; nothing of it is proven. */
export interface PnpDevice {
  /** Where the question came from. */
  readonly address: string
  /** 12 lower-case hex digits; some vendors' phones leave it out. */
  readonly mac?: string
  readonly vendor?: string
  readonly model?: string
  readonly version?: string
}

/** A question that can be answered. */
export interface Subscription {
  readonly device: PnpDevice
  /** Copied into what is sent, never looked into. */
  readonly via: readonly string[]
  readonly from: string
  readonly to: string
  readonly callId: string
  readonly cseq: string
  /** Where the NOTIFY goes: the same host that asked. */
  readonly contact: { readonly uri: string; readonly port: number }
}

/** `device` by RFC 6080, `application` by others; networks and users have a server of their own. */
const PROFILES = ['device', 'application', '']

/** Reads a SUBSCRIBE to `ua-profile`; anything else is none of ours. */
export function readSubscription(request: SipRequest, source: string): Subscription | undefined {
  if (request.method !== 'SUBSCRIBE') return undefined
  const [from, to, callId] = ['from', 'to', 'call-id'].map((name) => request.one(name))
  const cseq = request.one('cseq')
  const via = request.all('via')
  const event = parameters(request.one('event') ?? '')
  const contact = readContact(request.one('contact') ?? '')
  if (!from || !to || !callId || !contact || via.length === 0) return undefined
  if (!/^\d{1,10}[ \t]+SUBSCRIBE$/.test(cseq ?? '') || cseq === undefined) return undefined
  if (event.get('')?.toLowerCase() !== 'ua-profile') return undefined
  if (!PROFILES.includes((event.get('profile-type') ?? '').toLowerCase())) return undefined
  const accept = request.all('accept')
  if (accept.length > 0 && !accept.some((types) => /application\/url|\*\/\*/i.test(types))) return undefined
  // An answer that went elsewhere could be aimed at somebody who never asked.
  if (contact.host !== source) return undefined
  const mac = [request.uri, to, from].map(macIn).find((found) => found !== undefined)
  const device = { ...given({ mac, ...said(event) }), address: source }
  return { device, via, from, to, callId, cseq, contact: { uri: contact.uri, port: contact.port } }
}

/** `sip:MAC001565f4f9e1@…`, `sip:MAC%3a805e0c4d796d@…`. */
function macIn(text: string): string | undefined {
  return /sips?:MAC(?:%3a|:)?([0-9a-f]{12})@/i.exec(text)?.[1]?.toLowerCase()
}

function said(event: ReadonlyMap<string, string>) {
  return { vendor: event.get('vendor'), model: event.get('model'), version: event.get('version') }
}

/** Strangers' words go into the log: short ones only. */
function given(words: Readonly<Record<string, string | undefined>>): Partial<PnpDevice> {
  const entries = Object.entries(words).flatMap(([name, word]) => (word ? [[name, word.slice(0, 60)]] : []))
  return Object.fromEntries(entries)
}

/** The parameters of `value;name=text;name="text"`, by name in lower case; the value itself under the empty name. */
function parameters(header: string): ReadonlyMap<string, string> {
  const found = new Map([['', /^[^;]*/.exec(header)?.[0].trim() ?? '']])
  for (const [, name = '', quoted, plain] of header.matchAll(
    /;\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s;"]*))/g,
  )) {
    found.set(name.toLowerCase(), quoted ?? plain ?? '')
  }
  return found
}

function readContact(header: string): { uri: string; host: string; port: number } | undefined {
  const uri = /<([^<>]*)>/.exec(header)?.[1] ?? /^[^;\s]*/.exec(header)?.[0] ?? ''
  const [, host = '', written] =
    /^sip:(?:[\w.~+%!*'()&=$:-]{1,100}@)?(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?(?:;[\w.~=%;-]{0,100})?$/i.exec(
      uri,
    ) ?? []
  const port = Number(written ?? 5060)
  return isIPv4(host) && port > 0 && port <= 0xffff ? { uri, host, port } : undefined
}
