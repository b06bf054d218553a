import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Store } from '../../store/store.ts'
import type { Principal } from '../principal.ts'
import type { Reply } from '../route.ts'
import { ApiFailure } from './failure.ts'

/** What is made under an Idempotency-Key is made once: who asks again, because the answer was lost, gets it again. */
export interface Replays {
  once(asked: KeyedRequest, work: () => Promise<Reply>): Promise<Reply>
}

export interface KeyedRequest {
  readonly key: string
  readonly who: Principal
  readonly request: IncomingMessage
  readonly body: unknown
}

/** Answers are kept for as long as somebody may reasonably still be trying. */
export const replayMemory = 24 * 3_600_000

export function createReplays(store: Store, now: () => number): Replays {
  return {
    async once({ key, who, request, body }, work) {
      if (!/^[\x21-\x7e]{8,200}$/.test(key)) {
        throw new ApiFailure(
          400,
          'idempotency-key-unfit',
          'this Idempotency-Key cannot be used',
          'send 8 to 200 letters, digits and signs without blanks',
        )
      }
      const scope = `${who.kind}:${who.id}`
      const meant = createHash('sha256')
        .update(JSON.stringify([request.method, request.url]))
        .update(body instanceof Uint8Array ? body : JSON.stringify(body ?? null))
        .digest('base64url')
      const at = now()
      const taken = await store.replays.begin({ scope, key, meant, at, forgetBefore: at - replayMemory })
      if (taken === 'new') {
        try {
          const reply = await work()
          await store.replays.finish({ scope, key, reply: JSON.stringify(reply) })
          return reply
        } catch (error) {
          await store.replays.drop({ scope, key })
          throw error
        }
      }
      if (taken.meant !== meant) {
        throw new ApiFailure(
          422,
          'idempotency-key-reused',
          'this Idempotency-Key was used for another request',
          'make a new key for each request',
        )
      }
      if (taken.reply === undefined) {
        throw new ApiFailure(
          409,
          'still-at-work',
          'the first request with this key is still under way',
          'ask again in a moment',
          {
            headers: { 'Retry-After': '1' },
          },
        )
      }
      return JSON.parse(taken.reply) as Reply
    },
  }
}
