import fc from 'fast-check'
import { expect, test } from 'vitest'
import { block, inParts, textOf } from '../../src/devices/parts.ts'
import { bytesOf } from '../../src/provision/bytes.ts'

/** Characters of one to four bytes, and what a mark is made of. */
const piece = fc.constantFrom('a', 'é', '→', '😀', '\n', '\0', '\0block', ' 0')
const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''))

test('texts and blocks come out of a template as they went in, wherever it puts them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 5 }), text, (pairs, end) => {
      fc.pre(pairs.every(([said]) => !said.includes('\0block ')) && !end.includes('\0block '))
      const blocks = pairs.map(([, held]) => block(held))
      const said = pairs.map(([said]) => said)
      // A stray NUL at a text's end must not run into the mark that follows it.
      const parts = inParts(
        (hold) => said.map((s, i) => `${s}|${hold(blocks[i] ?? block(''))}`).join('') + end,
      )
      const whole = `${pairs.map(([s, held]) => `${s}|${held}`).join('')}${end}`
      expect(textOf(parts)).toBe(whole)
      expect(bytesOf(parts).equals(Buffer.from(whole))).toBe(true)
      expect(parts.filter((part) => typeof part !== 'string')).toEqual(blocks)
    }),
  )
})

test('a block stands wherever a template repeats it, and nowhere when it leaves it out', () => {
  const emptied = block('key.1 = 0\n')
  expect(textOf(inParts((hold) => hold(emptied).repeat(2)))).toBe('key.1 = 0\nkey.1 = 0\n')
  expect(inParts(() => 'none\n')).toEqual(['none\n'])
})

test('a mark that stands for nothing is a fault', () => {
  expect(() => inParts(() => 'a\0block 7\0b')).toThrow('a mark of its own')
})

test('a file larger than all before it has room', () => {
  const large = '→'.repeat(100_000)
  expect(bytesOf([large, block(large)]).toString()).toBe(large + large)
})
