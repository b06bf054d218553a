import { errorCode } from '../store/files.ts'
import type { HookMessage, Hooks } from '../store/hooks.ts'
import { post } from './post.ts'
import { signature } from './signature.ts'

/** The part of a logger that is needed here; a pino logger fits. */
export interface HooksLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

export interface SendingParts {
  readonly hooks: Hooks
  readonly url: string
  readonly secret: string
  readonly log: HooksLog
  readonly now: () => number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** How long each failure is followed by nothing; after the last one the message is dropped. */
export const pauses: readonly number[] = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  hour,
  6 * hour,
  24 * hour,
]

/** How often the queue is looked at, how long an answer may take, and how many are sent at once. */
const interval = second / 4
const patience = 10 * second
const atOnce = 8
/** Another server takes a message for its own when whoever had it is silent for so long. */
const lease = 2 * patience

/**
 * Sends the messages that wait, each until it was taken: at least once, those of one subject in their order. What was
 * under way when the server ended is sent again.
 */
export function startSending({ hooks, url, secret, log, now }: SendingParts): { close(): Promise<void> } {
  const ending = new AbortController()
  let failing = false
  let running: Promise<void> = Promise.resolve()
  let timer = setTimeout(turn, 0).unref()

  function turn(): void {
    running = look()
      .then(() => {
        failing = false
      })
      .catch((error: unknown) => {
        if (!failing) log.error({ err: error }, 'messages cannot be read or written and are tried again')
        failing = true
      })
      .then(() => {
        if (!ending.signal.aborted) timer = setTimeout(turn, interval).unref()
      })
  }

  /** Goes on as long as there is something due: of each subject only the oldest message is. */
  async function look(): Promise<void> {
    while (!ending.signal.aborted) {
      const due = await hooks.take(now(), atOnce, now() + lease)
      if (due.length === 0) return
      await Promise.all(due.map(send))
    }
  }

  async function send(message: HookMessage): Promise<void> {
    const failure = await attempt(message)
    if (failure === undefined) return hooks.remove(message.id)
    if (ending.signal.aborted) return hooks.giveBack(message.id, now())
    const fields = { id: message.uid, type: message.type, subject: message.subject, why: failure }
    const pause = pauses[message.attempts]
    if (pause === undefined) {
      await hooks.remove(message.id)
      log.error(fields, 'a message was never taken and is dropped; its receiver has to be told by hand')
      return
    }
    await hooks.postpone(message.id, now() + pause)
    log.warn({ ...fields, again: pause / second }, 'a message was not taken and is sent again')
  }

  /** What stood against it; `undefined` when it was taken. */
  async function attempt({ uid, type, at, data }: HookMessage): Promise<string | undefined> {
    const body = JSON.stringify({ id: uid, type, at: new Date(at).toISOString(), data })
    const headers = { 'Bootline-Id': uid, 'Bootline-Signature': signature(secret, body, now()) }
    const late = AbortSignal.timeout(patience)
    try {
      const signal = AbortSignal.any([late, ending.signal])
      const status = await post({ url, headers, body, signal })
      return status >= 200 && status < 300 ? undefined : `status ${status}`
    } catch (error) {
      return late.aborted ? `no answer within ${patience / second} s` : (errorCode(error) ?? 'no connection')
    }
  }

  return {
    async close() {
      ending.abort()
      clearTimeout(timer)
      await running
    },
  }
}
