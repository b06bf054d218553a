import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, createBlockReader } from '../../../src/reboot/management/blocks.ts'

const stream = [
  'Asterisk Call Manager/9.0.0\r\n',
  'Response: Error\r\nActionID: 1\r\nMessage: Unable to retrieve endpoint x\n\r\n\r\n',
  'Content-Type: text/x\nContent-Length: 9\n\na: 1\n\nb: ',
  '\n\nContent-Type: command/reply\nno header\nReply-Text: +OK: yes\nReply-Text: no\n\n',
].join('')

function readIn(pieces: readonly string[]): readonly (readonly [Record<string, string>, string])[] {
  const read = createBlockReader({ banner: true })
  const blocks: readonly Block[] = pieces.flatMap((piece) => read(piece))
  return blocks.map(({ headers, text }) => [Object.fromEntries(headers), text])
}

const expected = [
  [{}, 'Asterisk Call Manager/9.0.0'],
  [{ response: 'Error', actionid: '1', message: 'Unable to retrieve endpoint x' }, ''],
  [{ 'content-type': 'text/x', 'content-length': '9' }, 'a: 1\n\nb: '],
  [{ 'content-type': 'command/reply', 'reply-text': '+OK: yes' }, 'no header'],
]

describe('what a switch says', () => {
  it('is cut into messages', () => {
    expect(readIn([stream])).toEqual(expected)
  })

  it('is the same in whatever pieces it arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: stream.length }), { maxLength: 20 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length]
        const pieces = at.slice(1).map((end, index) => stream.slice(at[index], end))
        expect(readIn(pieces)).toEqual(expected)
      }),
    )
  })
})
