import type { WakeAnswer, WakeResult } from '../wake.ts'

/** Ends a conversation with a switch; it carries what the device's story will say. */
export class SwitchFailure extends Error {
  readonly answer: WakeAnswer

  constructor(result: WakeResult, detail: string) {
    super(detail)
    this.answer = { result, detail }
  }
}

/** Passing troubles of a network or of a server that restarts; any other error will not go away by itself. */
const passing: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  ECONNABORTED: 'the connection was reset',
  EPIPE: 'the connection was reset',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no way to the host',
  EHOSTDOWN: 'no way to the host',
  ENETUNREACH: 'no way to the network',
  ENETDOWN: 'no way to the network',
  EAI_AGAIN: 'its name cannot be looked up now',
}

const lasting: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no host of this name',
}

/** What an error of a socket means; its own message is left out, since it may repeat what was sent. */
export function failureOf(error: unknown): WakeAnswer {
  const code = codeOf(error)
  const known = passing[code]
  if (known !== undefined) return { result: 'silent', detail: known }
  return { result: 'misconfigured', detail: lasting[code] ?? `the connection failed (${code})` }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'unknown error'
}
