import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswer, retryAfter, statusLine } from '../../../src/reboot/sip/answer.ts'
import { readChallenges } from '../../../src/reboot/sip/challenge.ts'
import { createFramer } from '../../../src/reboot/sip/framing.ts'
import { allOf, firstOf, readHead } from '../../../src/reboot/sip/head.ts'
import { meaningOf } from '../../../src/reboot/sip/meaning.ts'
import { answerRequest } from '../../../src/reboot/sip/requests.ts'

function head(...lines: string[]) {
  const read = readHead(Buffer.from([...lines, '', ''].join('\r\n')))
  if (!read) throw new Error('no head')
  return read
}

function answer(status: string, ...headers: string[]) {
  const read = readAnswer(
    head(
      `SIP/2.0 ${status}`,
      'Via: SIP/2.0/UDP 127.0.0.1:5066;branch=z9hG4bK1;rport',
      'CSeq: 1 NOTIFY',
      ...headers,
    ),
  )
  if (!read) throw new Error('no answer')
  return read
}

describe('an answer', () => {
  it('is read with folded lines, compact names, odd spaces and several Vias on a line', () => {
    const read = readAnswer(
      head(
        'SIP/2.0 180 Ça sonne',
        'v  :  SIP/2.0/UDP 127.0.0.1:5066',
        '   ; received=127.0.0.1 ; BRANCH = z9hG4bKab.c , SIP/2.0/UDP a;branch=z9hG4bKother',
        'Via: SIP/2.0/UDP b;branch=z9hG4bKthird',
        'CSEQ:  7   NOTIFY',
      ),
    )
    expect(read).toMatchObject({ status: 180, reason: 'Ça sonne', branch: 'z9hG4bKab.c', method: 'NOTIFY' })
  })

  it.each([
    ['no status', 'SIP/2.0 OK', 'Via: x;branch=z9hG4bK1', 'CSeq: 1 NOTIFY'],
    ['a status of no class', 'SIP/2.0 700 OK', 'Via: x;branch=z9hG4bK1', 'CSeq: 1 NOTIFY'],
    ['a status of four digits', 'SIP/2.0 2000 OK', 'Via: x;branch=z9hG4bK1', 'CSeq: 1 NOTIFY'],
    ['no branch', 'SIP/2.0 200 OK', 'Via: x;rport', 'CSeq: 1 NOTIFY'],
    ['no Via', 'SIP/2.0 200 OK', 'CSeq: 1 NOTIFY'],
    ['no CSeq', 'SIP/2.0 200 OK', 'Via: x;branch=z9hG4bK1'],
    ['a request', 'NOTIFY sip:a SIP/2.0', 'Via: x;branch=z9hG4bK1', 'CSeq: 1 NOTIFY'],
  ])('is none with %s', (_, ...lines) => {
    expect(readAnswer(head(...lines))).toBeUndefined()
  })

  it('shows its words without what a terminal would obey', () => {
    expect(statusLine(answer('489 Bad\u001b[31m Event\u202e'))).toBe('489 Bad [31m Event')
    expect(statusLine(answer(`500 ${'x'.repeat(500)}`))).toHaveLength(84)
    expect(statusLine(answer('200'))).toBe('200')
  })

  it.each([
    ['120', 120],
    ['120;duration=60', 120],
    ['18000 (in a meeting)', 18000],
    ['-5', undefined],
    ['soon', undefined],
    ['1.5', undefined],
    ['99999999999999', undefined],
  ])('asks to wait %s', (value, seconds) => {
    expect(retryAfter(answer('503 Busy', `Retry-After: ${value}`))).toBe(seconds)
  })
})

describe('what an answer means', () => {
  it.each([
    [200, 'heard'],
    [202, 'heard'],
    [204, 'heard'],
    [302, 'refused'],
    [305, 'refused'],
    [400, 'refused'],
    [401, 'credentials'],
    [403, 'refused'],
    [404, 'absent'],
    [405, 'refused'],
    [407, 'credentials'],
    [408, 'silent'],
    [410, 'absent'],
    [420, 'refused'],
    [430, 'silent'],
    [480, 'absent'],
    [481, 'unwilling'],
    [483, 'refused'],
    [486, 'busy'],
    [489, 'unwilling'],
    [491, 'busy'],
    [500, 'overloaded'],
    [501, 'refused'],
    [503, 'overloaded'],
    [504, 'silent'],
    [600, 'busy'],
    [603, 'refused'],
    [604, 'absent'],
  ])('%i: %s', (status, result) => {
    expect(meaningOf(answer(`${status} So`))).toEqual({ result, status, detail: `${status} So` })
  })

  it('carries how long a server wants to be left alone', () => {
    expect(meaningOf(answer('503 Service Unavailable', 'Retry-After: 30'))).toMatchObject({ retryAfter: 30 })
  })
})

describe('challenges', () => {
  const of = (...headers: string[]) => readChallenges(answer('401 Unauthorized', ...headers).head)

  it('are told apart within one header, and the stronger hash of a realm is taken', () => {
    const both =
      'WWW-Authenticate: Basic realm="b", Digest realm="a, b=c", nonce="1", algorithm=MD5, qop="auth,auth-int" ,DIGEST nonce = "2",realm="a, b=c",algorithm="SHA-256",stale=TRUE'
    expect(of(both)).toEqual([
      {
        asker: 'end',
        realm: 'a, b=c',
        nonce: '2',
        algorithm: { hash: 'sha256', isSession: false },
        algorithmText: 'SHA-256',
        isProtected: false,
        isStale: true,
      },
    ])
  })

  it('of several realms and askers are all taken', () => {
    const read = of(
      'WWW-Authenticate: Digest realm="a", nonce="1"',
      'WWW-Authenticate: Digest realm="b", nonce="2"',
      'Proxy-Authenticate: Digest realm="a", nonce="3", opaque="o"',
    )
    expect(read.map(({ asker, realm, nonce }) => `${asker} ${realm} ${nonce}`)).toEqual([
      'proxy a 3',
      'end a 1',
      'end b 2',
    ])
  })

  it.each([
    'Digest realm="a"',
    'Digest nonce="a"',
    'Digest realm="a", nonce="1", algorithm=AKAv1-MD5',
    'Digest realm="a", nonce="1", algorithm=__proto__',
    'Digest realm="a", nonce="1", qop="auth-int"',
    'Basic realm="a"',
    'Digest',
    '',
    'realm="a", nonce="1"',
    'Digest realm="a, nonce="1"',
  ])('of an unknown kind are none: %s', (value) => {
    expect(of(`WWW-Authenticate: ${value}`)).toEqual([])
  })
})

const plausible = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'SIP/2.0 401 ',
        'NOTIFY sip:a SIP/2.0',
        'OPTIONS sip:a SIP/2.0',
        '\r\n',
        '\r\n\r\n',
        'Via: ',
        'v:',
        ';branch=z9hG4bK1',
        ';rport',
        'CSeq: 1 NOTIFY',
        'Content-Length: ',
        'l:',
        '7',
        'WWW-Authenticate: ',
        'Digest ',
        'realm="',
        'nonce=',
        '"',
        ',',
        ' ',
        '\\',
        'To: a',
        'From: b',
        'Call-ID: c',
        'Retry-After: 5',
        '\t',
        '\0',
        '=',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Buffer.from(parts.join('')))
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  plausible,
)

describe('bytes of any kind', () => {
  it('are read or left alone, and never throw', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const read = readHead(bytes)
        if (!read) return
        const said = readAnswer(read)
        if (said) meaningOf(said)
        const values = [firstOf(read, 'via') ?? '', ...allOf(read, 'www-authenticate')]
        for (const value of values) expect(value).not.toMatch(/[\r\n]/)
        for (const { realm, nonce } of readChallenges(read)) expect(`${realm}${nonce}`).not.toMatch(/[\r\n]/)
        const ours = answerRequest(read, { address: '192.0.2.1', port: 5060 })
        if (ours) expect(ours.toString().match(/\r\n\r\n/g)).toHaveLength(1)
        expect(createFramer().take(bytes)).toBeDefined()
      }),
      { numRuns: 5000 },
    )
  })

  it('leave the head of a message at its empty line, however long they are', () => {
    expect(readHead(Buffer.from('SIP/2.0 200 OK\r\nVia: x'))).toBeUndefined()
    expect(readHead(Buffer.from('\r\n\r\n'))).toBeUndefined()
    const long = head(
      'SIP/2.0 401 x',
      `WWW-Authenticate: Digest ${'a=b, '.repeat(10_000)}realm="r", nonce="n"`,
    )
    expect(readChallenges(long)).toHaveLength(1)
  })
})

describe('a stream of messages', () => {
  const bodies = fc.array(fc.string({ maxLength: 60 }), { minLength: 1, maxLength: 6 })

  it('is cut where they end, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(400), { maxLength: 12 }), (texts, cuts) => {
        const messages = texts.map((text) =>
          Buffer.from(`SIP/2.0 200 OK\r\nl: ${Buffer.byteLength(text)}\r\nX: y\r\n\r\n${text}`),
        )
        const all = Buffer.concat(messages.flatMap((message) => [Buffer.from('\r\n\r\n'), message]))
        const framer = createFramer()
        const edges = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b), all.length]
        const taken = edges.slice(1).flatMap((edge, i) => {
          const found = framer.take(all.subarray(edges[i], edge))
          return found === 'broken' ? [Buffer.from('broken')] : found
        })
        expect(taken.map(String)).toEqual(messages.map(String))
      }),
    )
  })

  it.each([
    ['a length that is none', 'SIP/2.0 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['two lengths', 'SIP/2.0 200 OK\r\nContent-Length: 1\r\nl: 2\r\n\r\n'],
    ['a length beyond all reason', 'SIP/2.0 200 OK\r\nContent-Length: 99999\r\n\r\n'],
    ['a head without an end', 'x'.repeat(70_000)],
  ])('is given up at %s', (_, text) => {
    expect(createFramer().take(Buffer.from(text))).toBe('broken')
  })
})
