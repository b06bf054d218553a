import { hash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encoded, isBodyOf, type Made } from '../../src/provision/alike.ts'
import { fingerprint } from '../../src/provision/fingerprint.ts'

const made = (text: string): Made => {
  const body = Buffer.from(text)
  return { text, body, blocks: fingerprint(body).blocks }
}

/** Characters of one to four bytes, and halves of pairs as a careless label may hold them. */
const piece = fc.constantFrom('a', 'é', '→', '😀', '\ud83d', '\ude00', '\n')
const stretch = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 7 }), fc.nat(9000))
  .map(([pieces, length]) => pieces.join('').repeat(Math.ceil(length / pieces.length)))

describe('bytes taken from a file that ends alike', () => {
  it('are those the text becomes by itself, whatever came before', () => {
    fc.assert(
      fc.property(stretch, stretch, stretch, (one, other, end) => {
        const text = one + end
        const { head, tail } = encoded(text, made(other + end))
        expect(Buffer.concat([head, tail]).equals(Buffer.from(text))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('are most of the bytes where most of the text is the same', () => {
    const end = 'expansion_module.1.key.1.type = 0\n'.repeat(1000)
    expect(encoded(`one\n${end}`, made(`the other\n${end}`)).tail.length).toBeGreaterThan(end.length - 1024)
  })

  it('tell the file they are from one they are not', () => {
    const end = 'x = 1\n'.repeat(2000)
    const like = made(`other\n${end}`)
    expect(isBodyOf(Buffer.from(`own\n${end}`), encoded(`own\n${end}`, like))).toBe(true)
    expect(isBodyOf(Buffer.from(`owm\n${end}`), encoded(`own\n${end}`, like))).toBe(false)
    expect(isBodyOf(Buffer.from(`own\n${end.replace('1', '2')}`), encoded(`own\n${end}`, like))).toBe(false)
    expect(isBodyOf(Buffer.from(`own\n${end}x`), encoded(`own\n${end}`, like))).toBe(false)
  })
})

describe('the fingerprint of a file', () => {
  it('is the same whichever file spared some of the work', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(20_000), fc.nat(20_000), (one, other, same) => {
        const end = randomBytes(same)
        const body = Buffer.concat([randomBytes(one), end])
        const like = Buffer.concat([randomBytes(other), end])
        const { blocks } = fingerprint(like)
        expect(fingerprint(body, blocks, same)).toEqual(fingerprint(body))
      }),
      { numRuns: 100 },
    )
  })

  it('is another one when any byte is', () => {
    const body = randomBytes(3 * 4096 + 5)
    const { text } = fingerprint(body)
    for (const at of [0, 4, 5, 4100, 4101, body.length - 4096, body.length - 1]) {
      const other = Buffer.from(body)
      other.writeUInt8((other.readUInt8(at) + 1) % 256, at)
      expect(fingerprint(other).text).not.toBe(text)
    }
    expect(fingerprint(body.subarray(1)).text).not.toBe(text)
  })

  it('of a short file is its hash, and of a long one the hash of the hashes of its blocks from the end', () => {
    const short = Buffer.alloc(4096, 'a')
    const of = (bytes: Buffer | string): string => hash('blake2b512', bytes, 'base64url').slice(0, 22)
    const hex = (bytes: Buffer): string => hash('blake2b512', bytes, 'hex')
    expect(fingerprint(short).text).toBe(of(short))
    const long = Buffer.concat([Buffer.from('head'), short])
    expect(fingerprint(long).text).toBe(of(hex(short) + hex(Buffer.from('head'))))
  })
})
