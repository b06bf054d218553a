import type { z } from 'zod'
import type { keysChanged } from '../../routes/keys-write.ts'
import type { Told } from '../ask.ts'
import type { Visit } from '../page.ts'
import type { About } from './about.ts'
import type { Order } from './draft.ts'

export type ChangedKeys = z.output<typeof keysChanged>

/** Puts the keys of a line in this order, or says what that would do; who may only change the shortcuts changes them. */
export function orderKeys(
  { ask }: Pick<Visit, 'ask'>,
  { line, mayOrder }: About,
  { supervision, shortcuts }: Order,
  ifMatch: string | undefined,
  dryRun: boolean,
): Promise<Told<ChangedKeys>> {
  const given = { params: { line: line.number }, query: { dryRun: dryRun || undefined }, ifMatch }
  return mayOrder
    ? ask<ChangedKeys>('replaceKeys', { ...given, body: { supervision, shortcuts } })
    : ask<ChangedKeys>('replaceShortcuts', { ...given, body: { shortcuts } })
}
