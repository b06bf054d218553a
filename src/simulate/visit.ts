import { type Ask, type Extra, type Going, type Method, overHttp, overTftp, type Tally } from './asking.ts'
import type { Answer, Visit } from './family.ts'
import { connectionsTo } from './http-client.ts'

export interface OpenVisit extends Visit {
  readonly tally: Tally
  readonly from: () => string | undefined
  close(): void
}

export function openVisit(going: Going): OpenVisit {
  const { url, hardware, memory, override } = going
  const tally: Tally = { requests: 0, answers: new Map(), took: [], askedToWait: 0 }
  const byTftp = url.protocol === 'tftp:'
  const http = byTftp ? undefined : connectionsTo(url.protocol === 'https:' ? 'https:' : 'http:', going.reach)
  const asking: Ask = http ? overHttp(going, http, tally) : overTftp(going)

  async function counted(method: Method, name: string, extra: Extra): Promise<Answer> {
    going.signal.throwIfAborted()
    const began = performance.now()
    try {
      const answer = await asking(method, name, extra)
      tally.answers.set(method === 'GET' ? name : `${method} ${name}`, answer.status)
      return answer
    } catch (error) {
      tally.unreachable ??= error instanceof Error ? error.message : String(error)
      throw error
    } finally {
      tally.requests++
      tally.took.push(performance.now() - began)
    }
  }

  return {
    hardware,
    overTftp: byTftp,
    override,
    tally,
    get: (name, speaker = 'application') => counted('GET', name, { speaker }),
    head: (name, speaker = 'application') => counted('HEAD', name, { speaker }),
    peek: (name, speaker = 'application') => counted('GET', name, { speaker, onlyBeginning: true }),
    put: (name, body, speaker = 'application') => counted('PUT', name, { speaker, body }),
    signIn(account) {
      memory.account = account
    },
    from: () => http?.from,
    close: () => http?.close(),
  }
}
