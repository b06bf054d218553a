import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Family, Hardware, Speaker } from './family.ts'
import type { Connections, HttpAnswer, HttpRequest, Reach } from './http-client.ts'
import { answerTo, type Challenge, challengeIn } from './sign-in.ts'
import { readOverTftp, type TftpPlace, writeOverTftp } from './tftp-client.ts'
import type { Account } from './understood.ts'

/** What a device keeps from one start to the next. */
export interface Memory {
  account?: Account | undefined
  /** Of families that ask for newer files only. */
  readonly kept: Map<string, { readonly since: string; readonly text: string }>
}

/** What became of the requests of one start. */
export interface Tally {
  requests: number
  /** Statuses by file, the last one it was answered with. */
  readonly answers: Map<string, number>
  /** Milliseconds that each request took. */
  readonly took: number[]
  /** How often it was told to come later. */
  askedToWait: number
  /** Why nobody could be reached. */
  unreachable?: string
}

export interface Going {
  readonly url: URL
  readonly hardware: Hardware
  readonly family: Family
  readonly memory: Memory
  readonly reach: Reach
  readonly override: boolean
  readonly signal: AbortSignal
}

/** A server that asks for patience gets it so often, and each time for so many seconds at most. */
const patience = { times: 20, seconds: 60 }

export type Method = HttpRequest['method']
export interface Extra {
  readonly speaker: Speaker
  readonly body?: string
  readonly onlyBeginning?: boolean
}
/** One file there or back, whatever that takes. */
export type Ask = (method: Method, name: string, extra: Extra) => Promise<Answer>

export function overHttp(
  { url: base, hardware, family, memory, signal }: Going,
  http: Connections,
  tally: Tally,
): Ask {
  let challenge: Challenge | undefined
  let count = 0
  return async (method, name, { speaker, body, onlyBeginning }) => {
    const url = new URL(name, base)
    const agent = family.userAgent(hardware, speaker)
    const kept = family.conditional && method === 'GET' ? memory.kept.get(name) : undefined
    const send = async (): Promise<HttpAnswer> => {
      const account = memory.account
      const answer =
        challenge && account
          ? answerTo(challenge, account, method, url.pathname + url.search, ++count)
          : undefined
      const headers = {
        ...(agent === undefined ? {} : { 'User-Agent': agent }),
        ...(kept ? { 'If-Modified-Since': kept.since } : {}),
        ...(answer === undefined ? {} : { Authorization: answer }),
      }
      const request = { method, url, headers, ...(body === undefined ? {} : { body }) }
      return patiently(
        () => http.ask({ ...request, ...(onlyBeginning ? { onlyBeginning } : {}) }),
        tally,
        signal,
      )
    }
    let answer = await send()
    if (answer.status === 401 && memory.account) {
      // The first request of a start carries nothing; what is answered to it is answered with every later one.
      challenge = challengeIn([answer.headers['www-authenticate'] ?? ''])
      count = 0
      if (challenge) answer = await send()
    }
    const text = answer.status === 304 ? (kept?.text ?? '') : answer.body.toString()
    const since = answer.headers['last-modified']
    if (family.conditional && answer.status === 200 && method === 'GET' && since !== undefined)
      memory.kept.set(name, { since, text })
    return { status: answer.status, text }
  }
}

/** Who is told to come later comes later, a little apart from the others. */
async function patiently(
  ask: () => Promise<HttpAnswer>,
  tally: Tally,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  for (let time = 1; ; time++) {
    const answer = await ask()
    if (answer.status !== 503 || time > patience.times) return answer
    tally.askedToWait++
    const seconds = Math.min(Number(answer.headers['retry-after'] ?? 1) || 1, patience.seconds)
    await sleep(seconds * 1000 * (1 + Math.random() / 2), undefined, { signal })
  }
}

export function overTftp({ url, reach: { localAddress } }: Going): Ask {
  const place: TftpPlace = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 69),
    ...(localAddress === undefined ? {} : { localAddress }),
  }
  const folder = url.pathname.replace(/^\//, '')
  return async (method, name, { body, onlyBeginning }) => {
    if (body !== undefined) {
      const taken = await writeOverTftp(place, folder + name, Buffer.from(body))
      return { status: taken ? 200 : 404, text: '' }
    }
    if (method === 'HEAD') return { status: 405, text: '' }
    const bytes = await readOverTftp(place, folder + name, onlyBeginning)
    return { status: bytes ? 200 : 404, text: bytes?.toString() ?? '' }
  }
}
