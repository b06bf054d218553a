import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanName } from '../../../src/delivery/tftp/names.ts'
import { encodeNetascii, netasciiDecoder } from '../../../src/delivery/tftp/netascii.ts'
import { agree } from '../../../src/delivery/tftp/options.ts'
import { errorPacket, oackPacket, parseRequest, type Request } from '../../../src/delivery/tftp/packets.ts'
import { isAnswerable, plainAddress } from '../../../src/delivery/tftp/sockets.ts'
import { error, rrq, wrq } from './peer.ts'

const parsed = (datagram: Buffer): Request => {
  const request = parseRequest(datagram)
  if (typeof request !== 'object') throw new Error(`no request: ${request}`)
  return request
}

describe('a request', () => {
  it('is read with mode and option names in any case', () => {
    const request = parsed(rrq('a.cfg', { BlkSize: 1428, TSIZE: 0 }, 'OcTet'))
    expect(request).toMatchObject({ kind: 'read', name: 'a.cfg', mode: 'octet' })
    expect([...request.options]).toEqual([
      ['blksize', '1428'],
      ['tsize', '0'],
    ])
    expect(parsed(wrq('a.log')).kind).toBe('write')
  })

  it.each([
    ['no bytes', Buffer.alloc(0), undefined],
    ['one byte', Buffer.of(0), undefined],
    ['an ERROR', error(1), undefined],
    ['an ACK', Buffer.of(0, 4, 0, 1), undefined],
    ['a name without its NUL', Buffer.from('\0\x01name'), 'illegal'],
    ['a mode without its NUL', Buffer.from('\0\x01name\0octet'), 'illegal'],
    ['nothing after the opcode', Buffer.of(0, 1), 'illegal'],
    ['mail', rrq('a', {}, 'mail'), 'mode'],
    ['more than a request may hold', rrq('a'.repeat(2000)), 'illegal'],
  ])('of %s is no request', (_what, datagram, answer) => {
    expect(parseRequest(datagram)).toBe(answer)
  })

  it('counts an option asked twice once, and leaves out one that is cut off', () => {
    const request = parsed(Buffer.from('\0\x01n\0octet\0blksize\x001024\0BLKSIZE\x002048\0tsize\0'))
    expect([...request.options]).toEqual([['blksize', '1024']])
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1200 }), (bytes) => void parseRequest(Buffer.from(bytes))),
    )
  })
})

describe('names', () => {
  it.each([
    ['/64167fb269d6.cfg', '64167fb269d6.cfg'],
    ['./a//b/./c.cfg', 'a/b/c.cfg'],
    ['\\logs\\a.log', 'logs/a.log'],
    ['..a/b..', '..a/b..'],
    ['constructor', 'constructor'],
    ['été.cfg', 'été.cfg'],
  ])('%s means %s', (written, name) => {
    expect(cleanName(written)).toBe(name)
  })

  it.each([
    '',
    '/',
    '../etc/passwd',
    'a/../../b',
    'a\\..\\b',
    '..',
    'a\nb',
    'a\x7f',
    'a'.repeat(256),
    'é'.repeat(128),
  ])('%j is not found', (written) => {
    expect(cleanName(written)).toBeUndefined()
  })
})

describe('options', () => {
  const granted = (options: Record<string, string | number>, size?: number) => [
    ...agree(parsed(rrq('a', options)), size).granted,
  ]

  it('grants only what was asked, in the order asked', () => {
    expect(granted({ tsize: 0, blksize: 1428, multicast: '', timeout: 3 }, 77)).toEqual([
      ['tsize', '77'],
      ['blksize', '1428'],
      ['timeout', '3'],
    ])
    expect(granted({}, 77)).toEqual([])
  })

  it.each([
    { blksize: 7 },
    { blksize: 65465 },
    { blksize: 99999 },
    { blksize: '512x' },
    { blksize: '-8' },
    { blksize: '' },
    { windowsize: 0 },
    { windowsize: 65536 },
    { timeout: 0 },
    { timeout: 256 },
    { tsize: 'big' },
  ])('passes over %j', (options) => {
    expect(granted(options, 77)).toEqual([])
  })

  it('lowers a window to 64 blocks, and further with large blocks, whichever is named first', () => {
    expect(granted({ windowsize: 65535 })).toEqual([['windowsize', '64']])
    expect(granted({ windowsize: 16, blksize: 65464 })).toEqual([
      ['windowsize', '2'],
      ['blksize', '65464'],
    ])
  })

  it('gives no size that is not known', () => {
    expect(granted({ tsize: 0 })).toEqual([])
  })

  it('is written as RFC 2347 says', () => {
    expect(oackPacket(new Map([['tsize', '5']])).toString('latin1')).toBe('\0\x06tsize\x005\0')
    expect(errorPacket('not-found').toString('latin1')).toBe('\0\x05\0\x01File not found\0')
  })
})

describe('netascii', () => {
  it('sends a line feed as CR LF and a carriage return as CR NUL', () => {
    expect(encodeNetascii(Buffer.from('a\nb\r\nc')).toString('latin1')).toBe('a\r\nb\r\0\r\nc')
  })

  it('comes back the same, wherever the blocks are cut', () => {
    const text = fc
      .array(fc.constantFrom(0, 10, 13, 97), { maxLength: 60 })
      .map((bytes) => Buffer.from(bytes))
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (original, step) => {
        const encoded = encodeNetascii(original)
        const decoder = netasciiDecoder()
        const decoded: Buffer[] = []
        for (let at = 0; at < encoded.length; at += step)
          decoded.push(decoder.decode(encoded.subarray(at, at + step)))
        expect(Buffer.concat([...decoded, decoder.end()])).toEqual(original)
      }),
    )
  })

  it('keeps a lone carriage return as it came', () => {
    const decoder = netasciiDecoder()
    expect(Buffer.concat([decoder.decode(Buffer.from('a\rb\r')), decoder.end()]).toString()).toBe('a\rb\r')
  })
})

describe('a source address', () => {
  it('with port 0 cannot be answered', () => {
    expect(isAnswerable({ port: 0 })).toBe(false)
    expect(isAnswerable({ port: 1 })).toBe(true)
    expect(isAnswerable({ port: 65535 })).toBe(true)
  })

  it('of IPv4 is plain, also on an IPv6 socket', () => {
    expect(plainAddress('::ffff:192.0.2.1')).toBe('192.0.2.1')
    expect(plainAddress('192.0.2.1')).toBe('192.0.2.1')
    expect(plainAddress('fe80::1')).toBe('fe80::1')
  })
})
