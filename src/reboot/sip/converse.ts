import type { WakeAnswer } from '../wake.ts'
import type { Errand } from './errand.ts'
import { meaningOf } from './meaning.ts'
import { writeNotify } from './notify.ts'
import type { Path } from './path.ts'
import type { SignIn } from './sign-in.ts'
import { makeToken } from './tokens.ts'
import type { Transactions } from './transactions.ts'

/** A server's challenge, that of a device behind it, and one renewed nonce for each. */
const MOST_REQUESTS = 5

/** Sends a NOTIFY along a path, and again with proofs for as long as new ones are asked for. */
export async function converse(
  path: Path,
  errand: Errand,
  signIn: SignIn,
  transactions: Transactions,
): Promise<WakeAnswer | { readonly noAnswer: string }> {
  const callId = makeToken()
  const tag = makeToken()
  for (let sequence = 1; ; sequence++) {
    const branch = `z9hG4bK${makeToken()}`
    const request = writeNotify(errand, path, { callId, tag, sequence, branch }, signIn.lines())
    const outcome = await transactions.send(path, branch, request)
    if ('noAnswer' in outcome) return outcome
    const meaning = meaningOf(outcome.answer)
    if (meaning.result !== 'credentials') return meaning
    const failure = sequence < MOST_REQUESTS ? signIn.take(outcome.answer) : 'it is asked for again and again'
    if (failure !== undefined) return { ...meaning, detail: `${meaning.detail}: ${failure}` }
  }
}
