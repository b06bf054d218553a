import { firstOf, type Head, startLine } from './head.ts'

/** An answer to one of our requests, as far as it tells which request it is one to. */
export interface SipAnswer {
  readonly status: number
  readonly reason: string
  /** Of the topmost Via, which is ours. */
  readonly branch: string
  readonly method: string
  readonly head: Head
}

/** Reads an answer; what is none, or does not say to what, is `undefined`. */
export function readAnswer(head: Head): SipAnswer | undefined {
  const start = startLine(head)
  if (!/^SIP\/2\.0 [1-6]\d\d(?: |$)/i.test(start)) return undefined
  const branch = /;[ \t]*branch[ \t]*=[ \t]*([^\s;,]{1,100})/i.exec(firstOf(head, 'via') ?? '')?.[1]
  const method = /^\d{1,10}[ \t]+([A-Za-z]{1,20})$/.exec(firstOf(head, 'cseq') ?? '')?.[1]
  if (branch === undefined || method === undefined) return undefined
  return { status: Number(start.slice(8, 11)), reason: start.slice(12), branch, method, head }
}

/** `489 Bad Event`, fit to be shown: the words are a stranger's. */
export function statusLine({ status, reason }: SipAnswer): string {
  const words = reason
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 80)
  return words === '' ? `${status}` : `${status} ${words}`
}

/** Seconds, from `120`, `120 (in a meeting)` or `120;duration=60`. */
export function retryAfter({ head }: SipAnswer): number | undefined {
  const seconds = /^(\d{1,10})(?![\d.])/.exec(firstOf(head, 'retry-after') ?? '')?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}
