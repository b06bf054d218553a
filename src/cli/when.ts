import { parseWhen, type When } from '../domain/when.ts'
import { Refusal } from './failure.ts'

/** A time that a person typed. */
export function readWhen(text: string, now: number): When {
  const when = parseWhen(text, now)
  if (typeof when === 'function') return when
  throw new Refusal('usage', when.wrong, when.right)
}
