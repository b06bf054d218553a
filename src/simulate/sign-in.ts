import { createHash, randomBytes } from 'node:crypto'
import type { Account } from './understood.ts'

/** What a server asks for with its 401. */
export interface Challenge {
  readonly scheme: 'basic' | 'digest'
  readonly parameters: ReadonlyMap<string, string>
}

/** The challenge a device answers: Digest where it is offered with an algorithm it knows, else Basic. */
export function challengeIn(headers: readonly string[]): Challenge | undefined {
  const offered = headers.flatMap((header) => header.split(/,\s*(?=(?:Basic|Digest)\s)/i)).map(read)
  const digest = offered.find(({ scheme, parameters }) => {
    return scheme === 'digest' && /^(md5)?$/i.test(parameters.get('algorithm') ?? '')
  })
  return digest ?? offered.find(({ scheme }) => scheme === 'basic')
}

function read(text: string): Challenge {
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, plain = ''] of text.matchAll(
    /([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g,
  )) {
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain)
  }
  return { scheme: /^\s*digest/i.test(text) ? 'digest' : 'basic', parameters }
}

/** The header that answers a challenge, over HTTP and SIP alike. */
export function answerTo(
  { scheme, parameters }: Challenge,
  { user, password }: Account,
  method: string,
  uri: string,
  count: number,
): string {
  if (scheme === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const of = (name: string): string => parameters.get(name) ?? ''
  const protect = /(^|[\s,])auth([\s,]|$)/.test(of('qop'))
  const nc = count.toString(16).padStart(8, '0')
  const cnonce = randomBytes(8).toString('hex')
  const [who, what] = [md5(`${user}:${of('realm')}:${password}`), md5(`${method}:${uri}`)]
  const response = md5([who, of('nonce'), ...(protect ? [nc, cnonce, 'auth'] : []), what].join(':'))
  const quoted = { username: user, realm: of('realm'), nonce: of('nonce'), uri, response }
  const written = Object.entries(quoted).map(
    ([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`,
  )
  if (parameters.has('opaque')) written.push(`opaque="${of('opaque')}"`)
  if (parameters.has('algorithm')) written.push(`algorithm=${of('algorithm')}`)
  if (protect) written.push('qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`)
  return `Digest ${written.join(', ')}`
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
