import { expect, test } from 'vitest'
import type { Refusal } from '../../src/delivery/access/decide.ts'
import type { Contradiction } from '../../src/delivery/access/identity.ts'
import { inPlainWords, refusalWords } from '../../src/domain/refusals.ts'

/** Fails to compile where a device can be turned away for a reason that has no words. */
const words: Readonly<Record<Refusal | Contradiction['refused'], string>> = refusalWords

test('every reason to turn a device away has words, and an unknown one is told as it is', () => {
  for (const [reason, text] of Object.entries(words)) expect(inPlainWords(reason)).toBe(text)
  expect(inPlainWords('of-tomorrow')).toBe('of-tomorrow')
})
