import sip, { type SipMessage } from 'sip'
import digest from 'sip/digest.js'
import { expect, it, onTestFinished } from 'vitest'
import { makeCertificates } from './certificates.ts'
import { freePort, line, senderFor, wakeAt } from './support.ts'

const { authority, key, certificate } = makeCertificates('localhost')

/** A server made of the npm package, which none of ours had a part in; it wants every device to prove who it is. */
async function server(transport: 'udp' | 'tcp' | 'tls', asked: 401 | 407) {
  const port = await freePort()
  const session = { realm: 'sip.example.net', proxy: asked === 407 }
  const heard: SipMessage[] = []
  const options = { address: '127.0.0.1', port, udp: transport === 'udp', tcp: transport === 'tcp' }
  const tls = { tls: { key, cert: certificate }, tls_port: port }
  const endpoint = sip.create({ ...options, ...(transport === 'tls' && tls) }, (request) => {
    heard.push(request)
    if (!digest.authenticateRequest(session, request, line)) {
      endpoint.send(digest.challenge(session, sip.makeResponse(request, asked, 'Prove it')))
    } else if (request.headers.event !== 'check-sync;reboot=true') {
      endpoint.send(sip.makeResponse(request, 489, 'Bad Event'))
    } else endpoint.send(sip.makeResponse(request, 200, 'OK'))
  })
  onTestFinished(() => endpoint.destroy())
  return { port, heard }
}

it.each([
  ['udp', 401],
  ['udp', 407],
  ['tcp', 401],
  ['tcp', 407],
  ['tls', 401],
  ['tls', 407],
] as const)('an independent server takes a NOTIFY over %s after a %i', async (transport, asked) => {
  const { port, heard } = await server(transport, asked)
  const sender = senderFor({ authorities: authority })
  const told = wakeAt(port, { sip: { domain: 'sip.example.net', proxy: 'localhost', port, transport } })
  expect(await sender.wake(told)).toEqual({ result: 'heard', status: 200, detail: '200 OK' })
  expect(heard).toHaveLength(2)
  expect(heard[1]).toMatchObject({
    method: 'NOTIFY',
    uri: `sip:${line.user}@sip.example.net`,
    headers: {
      'max-forwards': '70',
      cseq: { seq: 2, method: 'NOTIFY' },
      to: { uri: `sip:${line.user}@sip.example.net`, params: {} },
      'subscription-state': 'terminated',
      'content-length': 0,
    },
  })
  expect(await sender.wake({ ...told, event: 'unheard-of' })).toMatchObject({ result: 'unwilling' })
})
