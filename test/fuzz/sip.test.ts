import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WakeAnswer } from '../../src/reboot/wake.ts'
import { type Heard, line, senderFor, tcpPeer, udpPeer, wakeAt } from '../reboot/sip/support.ts'
import { expectNoInsides, fuzz, patience } from './fuzzing.ts'
import { oddText, spliceInto, splices } from './generators.ts'

/**
 * So many phones are told at once: each waits on its own for an answer that may never be one. Over TCP they share a
 * connection, which what is no SIP ends for all of them.
 */
const together = { udp: 12, tcp: 2 }

const statuses = [
  '100 Trying',
  '180 Ringing',
  '200 OK',
  '202 ',
  '302 Moved',
  '401 Who',
  '407 Who',
  '481 No',
  '489 Bad Event',
]
const lessLikely = ['500 x', '503 Busy', '600 Busy', '699 x', '999 x', '20 OK', '2000 OK', '-1 OK', '200']

const headers = [
  'WWW-Authenticate: Digest realm="r", nonce="n"',
  'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth,auth-int", algorithm=SHA-256, stale=true',
  'Proxy-Authenticate: Digest realm="r", nonce="n", algorithm=MD5-sess, qop=auth, opaque="\\"',
  'Proxy-Authenticate: Digest realm="r", nonce="n", algorithm=token',
  'WWW-Authenticate: Digest',
  'WWW-Authenticate: Basic realm="x"',
  'WWW-Authenticate: Digest realm=",nonce=",',
  'Retry-After: 18000;duration=3600',
  'Retry-After: 99999999999999999999',
  'Retry-After: -1 (in a minute)',
  'Contact: <sip:a@127.0.0.1:1>',
  'Content-Length: 99999999',
  'Content-Length: -1',
  'l: 5',
  'Via: SIP/2.0/UDP x',
  ' folded',
]

const answers = fc.record({
  status: fc.oneof(fc.constantFrom(...statuses), fc.constantFrom(...statuses, ...lessLikely), oddText),
  more: fc.array(fc.constantFrom(...headers), { maxLength: 3 }),
  all: fc.option(
    splices(['\r\n', '\r\n\r\n', ':', ';', ',', '"', '<', 'z9hG4bK', 'SIP/2.0 200 OK\r\n', ...headers]),
    { freq: 1, nil: [] },
  ),
  times: fc.constantFrom(1, 1, 1, 0, 2, 3),
})

type Given = typeof answers extends fc.Arbitrary<infer T> ? T : never

/** Everything is set right here: it is never a fault of ours. */
const results = ['heard', 'credentials', 'refused', 'absent', 'silent', 'unwilling', 'busy', 'overloaded']

function expectAnswer({ result, detail, retryAfter }: WakeAnswer): void {
  expect(results).toContain(result)
  expect(detail).not.toContain(line.password)
  // It stands in logs and on terminals.
  expect(detail).not.toMatch(/[\p{Cc}\p{Bidi_C}]/u)
  expect(detail.length).toBeLessThan(500)
  expectNoInsides(detail)
  if (retryAfter !== undefined) expect(Number.isFinite(retryAfter) && retryAfter >= 0).toBe(true)
}

test.each(['udp', 'tcp'] as const)(
  'whatever a SIP server answers over %s, telling ends with an answer',
  async (transport) => {
    const count = together[transport]
    let given: readonly Given[] = []
    // Each answer is made of the request it answers, so that most of it fits.
    const hear = (request: Heard): void => {
      const of = given[Number(/^NOTIFY sip:phone(\d+)@/.exec(request.start)?.[1])]
      const { status, more, all, times } = of ?? { status: '200 OK', more: [], all: [], times: 1 }
      for (let time = 0; time < times; time++) request.reply(spliceInto(request.answer(status, ...more), all))
    }
    const peer = transport === 'udp' ? await udpPeer(hear) : await tcpPeer(hear)
    const sender = senderFor({ t1: 2 })
    const sip = { domain: 'sip.example.net', proxy: '127.0.0.1', port: peer.port, transport }
    const tell = (index: number) => sender.wake(wakeAt(peer.port, { sip, users: [`phone${index}`] }))
    const seen = new Set<string>()
    await fuzz(
      fc.array(answers, { minLength: count, maxLength: count }),
      async (all) => {
        given = all
        for (const answer of await Promise.all(all.map((_, i) => tell(i)))) {
          seen.add(answer.result)
          expectAnswer(answer)
        }
      },
      {
        atATime: 120 / count,
        async after() {
          given = []
          expect(await tell(count)).toMatchObject({ result: 'heard' })
        },
      },
    )
    // Answers are understood, and not only thrown away.
    expect([...seen]).toEqual(expect.arrayContaining(['heard', 'credentials', 'unwilling', 'silent']))
  },
  patience,
)
