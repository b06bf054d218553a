import type { Accounts } from '../store/accounts.ts'

/** What is asked: the parameters of the address, and of a form where one was sent. */
export interface Question {
  readonly parameters: URLSearchParams
  readonly accounts: Accounts
}

export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: string
  /** Besides those every reply has. */
  readonly headers?: Readonly<Record<string, string>>
}

export function plainReply(status: number, text: string, headers: Reply['headers'] = {}): Reply {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${text}\n`, headers }
}
