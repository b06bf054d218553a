import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { notifyOf, okTo } from '../../../src/delivery/zero-touch/pnp-messages.ts'
import { readSubscription } from '../../../src/delivery/zero-touch/pnp-subscribe.ts'
import { readSipAnswer, readSipRequest } from '../../../src/delivery/zero-touch/sip-message.ts'
import { audiocodesAsks, yealinkAsks } from './phone.ts'

const own = { address: '127.0.0.1', port: 5062 }
const source = { address: '127.0.0.1', port: 5060 }

/** Everything the responder does with a datagram, short of sending. */
function through(datagram: Buffer): readonly string[] {
  readSipAnswer(datagram)
  const request = readSipRequest(datagram)
  const subscription = request && readSubscription(request, source.address)
  if (!subscription) return []
  return [
    okTo(subscription, source, { own, tag: 't' }),
    notifyOf(subscription, 'http://192.0.2.1/', { own, tag: 't', branch: 'z9hG4bKx' }),
  ].map(String)
}

/** One good question with something at one place replaced by something else. */
const spoilt = fc
  .record({
    text: fc.constantFrom(yealinkAsks(5060, 'call-1'), audiocodesAsks(5060, 'call-1')),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(30),
    put: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('\r\n', '\r\n ', '\r\n\r\n', ';', '<', '>', '"', ': ', '\0', '\u2028', 'Via: x\r\n'),
    ),
  })
  .map(({ text, at, cut, put }) => {
    const start = Math.floor(at * text.length)
    return Buffer.from(`${text.slice(0, start)}${put}${text.slice(start + cut)}`)
  })

describe('whatever comes', () => {
  test('is read without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 5000 }).map(Buffer.from), spoilt), (datagram) => {
        through(datagram)
      }),
      { numRuns: 500 },
    )
  })

  test('puts no line of its own into what is sent', () => {
    const linesOf = (text: string) => text.split('\r\n\r\n')[0]?.split('\r\n') ?? []
    const known =
      /^(NOTIFY sip:\S+ SIP\/2\.0|SIP\/2\.0 200 OK|(Via|Max-Forwards|From|To|Call-ID|CSeq|Contact|Expires|Event|Subscription-State|Content-Type|Content-Length): .*)$/u
    fc.assert(
      fc.property(spoilt, (datagram) => {
        for (const line of through(datagram).flatMap(linesOf)) expect(line).toMatch(known)
      }),
      { numRuns: 500 },
    )
  })

  test('an unspoilt question goes through', () => {
    expect(through(Buffer.from(yealinkAsks(5060, 'call-1')))).toHaveLength(2)
  })
})

test('an answer is known by the branch of its topmost Via', () => {
  const answer = (head: string) => readSipAnswer(Buffer.from(`${head}\r\n\r\n`))
  const via = 'Via: SIP/2.0/UDP 192.0.2.1:5062;rport=1;branch=z9hG4bKab'
  expect(answer(`SIP/2.0 200 OK\r\n${via}`)).toEqual({ status: 200, branch: 'z9hG4bKab' })
  expect(answer(`SIP/2.0 481\r\nFrom: x\r\nv: a;branch=b\r\n${via}`)).toEqual({ status: 481, branch: 'b' })
  expect(answer('SIP/2.0 200 OK\r\nFrom: <sip:a>;branch=x')).toBeUndefined()
  expect(answer(`NOTIFY sip:a SIP/2.0\r\n${via}`)).toBeUndefined()
})
