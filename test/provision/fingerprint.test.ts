import { hash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../src/provision/fingerprint.ts'

/** Bytes without the sign before which files are cut. */
function uncut(length: number): Buffer {
  return Buffer.from(randomBytes(length).map((byte) => (byte === 0x23 ? 0x24 : byte)))
}

const of = (bytes: Buffer | string): string => hash('blake2b512', bytes, 'base64url').slice(0, 22)
const hex = (bytes: Buffer): string => hash('blake2b512', bytes, 'hex')

describe('the fingerprint of a file', () => {
  it('is the same whichever file spared some of the work', () => {
    const comment = Buffer.from('# Keys\n')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9000), fc.nat(9000), fc.nat(9000)), { minLength: 1, maxLength: 4 }),
        (sections) => {
          const shared = sections.map(([, , same]) => uncut(same))
          const file = (which: 0 | 1): Buffer =>
            Buffer.concat(
              sections.flatMap((section, i) => [comment, uncut(section[which]), shared[i] ?? comment]),
            )
          const [body, like] = [file(0), file(1)]
          expect(fingerprint(body, { body: like, ...fingerprint(like) })).toEqual(fingerprint(body))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('takes the hash of a block from the file it is like, and of no other block', () => {
    const end = uncut(2 * 4096)
    const like = Buffer.concat([uncut(5000), end])
    const { sections } = fingerprint(like)
    const marked = sections.map((section) => ({ ...section, blocks: section.blocks.map(() => 'known') }))
    const known = fingerprint(Buffer.concat([uncut(6000), end]), { body: like, sections: marked })
    expect(known.sections[0]?.blocks.map((block) => block === 'known')).toEqual([true, true, false, false])
  })

  it('is another one when any byte is', () => {
    const body = uncut(3 * 4096 + 5)
    const printed = fingerprint(body)
    for (const at of [0, 4, 5, 4100, 4101, body.length - 4096, body.length - 1]) {
      const other = Buffer.from(body)
      other.writeUInt8((other.readUInt8(at) + 1) % 256, at)
      expect(fingerprint(other, { body, ...printed }).text).not.toBe(printed.text)
    }
    expect(fingerprint(body.subarray(1), { body, ...printed }).text).not.toBe(printed.text)
  })

  it('of a short file is its hash, and of a long one the hash of the hashes of its blocks from the end', () => {
    const short = Buffer.alloc(4096, 'a')
    expect(fingerprint(short).text).toBe(of(short))
    const long = Buffer.concat([Buffer.from('head'), short])
    expect(fingerprint(long).text).toBe(of(hex(short) + hex(Buffer.from('head'))))
  })

  it('counts blocks from the end of each section, and cuts none short of a block', () => {
    const one = Buffer.from(`# ${'a'.repeat(200)}# ${'b'.repeat(4096)}`)
    const two = Buffer.from(`# ${'c'.repeat(5000)}`)
    const head = one.subarray(0, one.length - 4096)
    const [tail, rest] = [two.subarray(two.length - 4096), two.subarray(0, two.length - 4096)]
    const list = `${hex(one.subarray(head.length))}${hex(head)} ${hex(tail)}${hex(rest)}`
    expect(fingerprint(Buffer.concat([one, two])).text).toBe(of(list))
  })
})
