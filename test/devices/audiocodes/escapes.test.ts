import { describe, expect, test } from 'vitest'
import { cell, escapes, quoted } from '../../../src/devices/audiocodes/escapes.ts'

describe('a phone’s value', () => {
  test.each([
    ['Bureau #3', 'Bureau #3'],
    ['#', '#'],
    ['a;b', 'a;b'],
    ['Bureau ; nord', 'Bureau  nord'],
    ['a ;; b', 'a  b'],
    ['a \0; b', 'a  b'],
    ['a\r\nsystem/type=x', 'asystem/type=x'],
    ['Stéphane', 'Stéphane'],
  ])('%j becomes %j', (text, safe) => expect(escapes.cfg(text)).toBe(safe))
})

test('a gateway’s value keeps what the operator may need and loses what starts a comment', () => {
  expect(escapes.ini("'usa_tones_13.dat'")).toBe("'usa_tones_13.dat'")
  expect(escapes.ini('g711Ulaw64k,20;x\r\ny')).toBe('g711Ulaw64k,20xy')
})

test('a cell loses what would end it, the row or the text', () => {
  expect(cell(' L\'été; "1", x ')).toBe('Lété 1 x')
  expect(quoted("a'b")).toBe("'ab'")
})

test('an adapter’s value loses what any of its dialects reads as its own', () => {
  expect(escapes.conf('L\'accueil (RDC) "x" \\; `y`')).toBe("L'accueil RDC x  y")
})
