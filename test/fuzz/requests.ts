import fc from 'fast-check'
import { oddText, spliceInto, splices, wellFormed } from './generators.ts'

export const anyUserAgent = [
  'FileTransport PolycomVVX-VVX_450-UA/6.4.7.4560 (SN:0004f2000000) Type/Application',
  'FileTransport PolycomVVX-VVX_450-UA/6.4.7.4560 Type/Updater',
  'Yealink SIP-T54W 96.86.0.45 80:5e:c0:00:00:00',
  'AUDC-IPPhone/3.4.8.808 (440HD; 00908F000000)',
  'curl/8.5.0',
]

/** What clients say between the lines: each alone is well-formed or nearly so. */
const headers = [
  'Connection: close',
  'Range: bytes=0-0,2-3',
  'Range: bytes=-5',
  'If-None-Match: "a", W/"b"',
  'If-None-Match: *',
  'If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT',
  'If-Modified-Since: 0',
  'Accept-Encoding: gzip',
  'Content-Encoding: gzip',
  'Content-Type: multipart/form-data; boundary=x',
  'Authorization: Basic Og==',
  'Authorization: Basic ####',
  'Authorization: Digest username="a", realm="", nonce="", uri="/", response="", qop=auth, nc=1, cnonce=""',
  'Authorization: Digest ,,,=',
  'Authorization: Bearer x',
  'X-Forwarded-For: 127.0.0.1',
  'Forwarded: for=127.0.0.1',
]
/** With these the end of a message is elsewhere, and what follows is another, or nonsense. */
const framing = [
  'Host: b',
  'Connection: keep-alive',
  'Content-Length: 5',
  'Content-Length: 99999999999',
  'Transfer-Encoding: chunked',
  'Expect: 100-continue',
]
const pieces = ['\r\n', '\r\n\r\n', ' ', ':', '\t', 'HTTP/1.0', 'http://a/', '\u0016\u0003\u0001', '%2e%2e/']

const bodies = fc.oneof(
  fc.constantFrom(
    '',
    '<PHONE_CONFIG><ALL a.b="1"/></PHONE_CONFIG>',
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><PHONE_CONFIG>&b;</PHONE_CONFIG>',
    '#!version:1.0.0.1\nlinekey.1.type = 15\n',
    '--x\r\nContent-Disposition: form-data; name="f"; filename="../../a"\r\n\r\nb\r\n--x--\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
  ),
  oddText,
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
)

interface Wish {
  readonly names: readonly string[]
  readonly methods: readonly string[]
  readonly userAgents: readonly string[]
}

/** Requests for these names, as devices make them or nearly so; one in three is harmed on its way. */
export function requestsFor({ names, methods, userAgents }: Wish): fc.Arbitrary<Buffer> {
  const near = (text: string): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(text) },
      { weight: 1, arbitrary: fc.constant(text.toUpperCase()) },
      { weight: 1, arbitrary: oddText.map((more) => `${text}?${encodeURI(wellFormed(more))}`) },
      { weight: 1, arbitrary: oddText.map((folder) => `${encodeURI(wellFormed(folder))}/${text}`) },
      { weight: 1, arbitrary: oddText.map((more) => `${text}${encodeURI(wellFormed(more))}`) },
    )
  const request = fc
    .record({
      method: fc.constantFrom(...methods),
      target: fc.constantFrom(...names).chain(near),
      userAgent: fc.constantFrom(...userAgents),
      more: fc.array(fc.constantFrom(...headers), { maxLength: 3 }),
      odd: fc.oneof(
        { weight: 4, arbitrary: fc.constant<readonly string[]>([]) },
        { weight: 1, arbitrary: fc.constantFrom(...framing).map((one) => [one]) },
      ),
      body: bodies,
    })
    .map(({ method, target, userAgent, more, odd, body }) => {
      const sent = method === 'PUT' || method === 'POST' ? body : ''
      const isFramed = odd.some((one) => /Length|Encoding/.test(one))
      const length = isFramed || sent === '' ? [] : [`Content-Length: ${Buffer.byteLength(sent, 'latin1')}`]
      const head = [`${method} /${target} HTTP/1.1`, 'Host: a', `User-Agent: ${userAgent}`]
      return [...head, ...length, ...more, ...odd, '', sent].join('\r\n')
    })
  return fc
    .record({ text: request, harms: fc.option(splices(pieces), { freq: 2, nil: [] }), spared: fc.boolean() })
    .map(({ text, harms, spared }) => Buffer.from(spared ? text : spliceInto(text, harms), 'latin1'))
}
