import { createHash, randomUUID } from 'node:crypto'
import type { Block } from '../management/blocks.ts'
import type { Connection } from '../management/connection.ts'

export type Headers = readonly (readonly [name: string, value: string])[]

/** Sends one action of Asterisk's manager interface; its answer is found by the action's id among events and others. */
export function act(connection: Connection, action: string, headers: Headers): Promise<Block> {
  const id = randomUUID()
  const lines = [['Action', action], ['ActionID', id], ...headers].map(([name, value]) => `${name}: ${value}`)
  return connection.ask(
    `${lines.join('\r\n')}\r\n\r\n`,
    ({ headers: answer }) => answer.has('response') && answer.get('actionid') === id,
  )
}

export function isSuccess({ headers }: Block): boolean {
  return headers.get('response')?.toLowerCase() === 'success'
}

/** What Asterisk gives as its reason, short enough for a story and without what a terminal would obey. */
export function reasonOf({ headers }: Block): string {
  const said = headers.get('message') ?? 'no reason given'
  return said.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 120)
}

/** The password itself never travels: what does is good for this challenge alone. */
export function challengeKey(challenge: string, password: string): string {
  return createHash('md5').update(challenge).update(password).digest('hex')
}
