import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributeValue, cutToBytes, oneLine } from '../../../src/devices/polycom/text.ts'
import { attributes } from './parse.ts'

describe('text inside a file', () => {
  it.each([
    ['plain été €', 'plain été €'],
    [`<"&'>`, '&lt;&quot;&amp;&apos;&gt;'],
    [']]>', ']]&gt;'],
    ['a\r\nb\nc\rd\te', 'a&#10;b&#10;c&#10;d&#9;e'],
    ['nul\0bell\u0007', 'nul bell '],
    ['half \ud83d, whole 😀, none \uffff', 'half  , whole 😀, none  '],
    ['عربي', 'عربي'],
  ])('%j is written %j', (text, written) => {
    expect(attributeValue(text)).toBe(written)
  })

  it('is read as what was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = attributes(`<a b="${attributeValue(text)}"/>`)
        const kept = text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]|\p{Cs}|[\uFFFE\uFFFF]/gu, ' ')
        expect(read).toEqual([['b', kept]])
      }),
    )
  })

  it('is one line on a screen', () => {
    expect(oneLine(' Accueil\r\nreg.2.address="x"\u2028\ttoo ')).toBe('Accueil reg.2.address="x" too')
  })
})

describe('a name of so many bytes', () => {
  it.each([
    ['Services de la ville', 'Services de la ville'],
    ['é'.repeat(21), 'é'.repeat(20)],
    [`a${'é'.repeat(20)}`, `a${'é'.repeat(19)}`],
    ['😀'.repeat(11), '😀'.repeat(10)],
    [`${'a'.repeat(38)}😀`, 'a'.repeat(38)],
  ])('%s', (text, cut) => {
    expect(cutToBytes(text, 40)).toBe(cut)
  })
})
