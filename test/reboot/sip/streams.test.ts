import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Transport } from '../../../src/domain/intent.ts'
import { makeCertificates } from './certificates.ts'
import { freePort, type Heard, line, read, senderFor, tcpPeer, wakeAt } from './support.ts'

function over(transport: Transport, port: number, proxy = '127.0.0.1') {
  return wakeAt(port, { sip: { domain: 'sip.example.net', proxy, port, transport } })
}

describe('a NOTIFY over TCP', () => {
  it('goes over one connection with all others, however their answers are cut and ordered', async () => {
    const waiting: Heard[] = []
    const peer = await tcpPeer((request) => {
      waiting.push(request)
      if (waiting.length < 30) return
      const all = waiting
        .splice(0)
        .reverse()
        .map((late) => `${late.answer('100 Trying')}\r\n\r\n${late.answer(`200 ${late.header('To')}`)}`)
        .join('')
      for (let at = 0; at < all.length; at += 701) request.reply(all.slice(at, at + 701))
    })
    const sender = senderFor()
    const users = Array.from({ length: 30 }, (_, i) => `user${i}`)
    const answers = await Promise.all(
      users.map((user) => sender.wake({ ...over('tcp', peer.port), users: [user] })),
    )
    expect(answers.map(({ detail }) => detail)).toEqual(
      users.map((user) => `200 <sip:${user}@sip.example.net>`),
    )
    expect(peer.connections).toHaveLength(1)
    const [connection] = peer.connections
    const here = `127.0.0.1:${connection?.remotePort}`
    expect(peer.heard[0]?.header('Via')).toMatch(`SIP/2.0/TCP ${here};branch=z9hG4bK`)
    expect(peer.heard[0]?.header('Contact')).toBe(`<sip:${here};transport=tcp>`)
  })

  it('is sent once, and is silent with its connection', async () => {
    const peer = await tcpPeer((_request, index, connection) => {
      if (index === 1) connection.destroy()
    })
    const sender = senderFor()
    const wakes = [sender.wake(over('tcp', peer.port)), sender.wake(over('tcp', peer.port))]
    for (const answer of await Promise.all(wakes)) {
      expect(answer).toMatchObject({ result: 'silent', detail: expect.stringContaining('was lost') })
    }
    expect(peer.heard).toHaveLength(2)
  })

  it('takes another connection when the server has closed the first', async () => {
    const peer = await tcpPeer((request, index, connection) => {
      request.reply(request.answer('200 OK'))
      if (index === 0) connection.end()
    })
    const sender = senderFor()
    expect(await sender.wake(over('tcp', peer.port))).toMatchObject({ result: 'heard' })
    const [connection] = peer.connections
    if (connection && !connection.destroyed) await once(connection, 'close')
    expect(await sender.wake(over('tcp', peer.port))).toMatchObject({ result: 'heard' })
    expect(peer.connections).toHaveLength(2)
  })

  it('is silent where nobody listens, and where nobody answers', async () => {
    const mute = await tcpPeer(() => {})
    const sender = senderFor({ t1: 10 })
    expect(await sender.wake(over('tcp', mute.port))).toEqual({
      result: 'silent',
      detail: 'no answer within 0.64 s',
    })
    expect(mute.heard).toHaveLength(1)
    expect(await senderFor().wake(over('tcp', await freePort()))).toMatchObject({
      result: 'silent',
      detail: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('is silent where something else than SIP is spoken', async () => {
    const peer = await tcpPeer((request) =>
      request.reply(`HTTP/1.1 400 Bad Request\r\nContent-Length: x\r\n\r\n`),
    )
    expect(await senderFor().wake(over('tcp', peer.port))).toMatchObject({
      result: 'silent',
      detail: expect.stringContaining('what came is not SIP'),
    })
  })

  it('leaves room for a question of the server, which is answered on the connection', async () => {
    const ask =
      'OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TCP b\r\nFrom: <sip:b>;tag=1\r\nTo: <sip:a>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n'
    const first: Heard[] = []
    const peer = await tcpPeer((request) => {
      if (request.start.startsWith('NOTIFY')) {
        first.push(request)
        request.reply(ask)
      } else first[0]?.reply(first[0].answer('200 OK'))
    })
    expect(await senderFor().wake(over('tcp', peer.port))).toMatchObject({ result: 'heard' })
    expect(peer.heard[1]?.start).toBe('SIP/2.0 200 OK')
  })

  it('goes to the device itself over TCP where its company uses TCP', async () => {
    const peer = await tcpPeer((request) => request.reply(request.answer('200 OK')), '127.0.0.63', 5060)
    const told = wakeAt(9, {
      sip: { domain: 'sip.example.net', transport: 'tcp' },
      reboot: { by: 'direct' },
      address: '127.0.0.63',
    })
    expect(await senderFor().wake(told)).toMatchObject({ result: 'heard' })
    expect(peer.heard[0]?.start).toBe('NOTIFY sip:33483050173@127.0.0.63:5060;transport=tcp SIP/2.0')
  })
})

describe('a NOTIFY over TLS', () => {
  const { authority, key, certificate } = makeCertificates('localhost')

  async function tlsPeer() {
    const heard: Heard[] = []
    let connections = 0
    const server = createServer({ key, cert: certificate }, (connection) => {
      connections++
      connection.on('error', () => {})
      connection.on('data', (piece) => {
        const request = read(piece.toString(), (text) => void connection.write(text))
        heard.push(request)
        request.reply(request.answer('200 OK'))
      })
    })
    server.on('tlsClientError', () => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    return { port: (server.address() as AddressInfo).port, heard, count: () => connections }
  }

  it('goes to a server whose certificate is trusted and bears its name', async () => {
    const peer = await tlsPeer()
    const sender = senderFor({ authorities: authority })
    expect(await sender.wake(over('tls', peer.port, 'localhost'))).toMatchObject({ result: 'heard' })
    expect(await sender.wake(over('tls', peer.port, 'localhost'))).toMatchObject({ result: 'heard' })
    expect(peer.count()).toBe(1)
    expect(peer.heard[0]?.header('Via')).toMatch(/^SIP\/2\.0\/TLS 127\.0\.0\.1:\d+;/)
    expect(peer.heard[0]?.start).toBe(`NOTIFY sip:${line.user}@sip.example.net SIP/2.0`)
  })

  it('goes to nobody else, which is said plainly', async () => {
    const peer = await tlsPeer()
    const unknown = await senderFor().wake(over('tls', peer.port, 'localhost'))
    expect(unknown.result).toBe('misconfigured')
    expect(unknown.detail).toMatch(/^the certificate of localhost \(127\.0\.0\.1:\d+\) is not trusted: /)
    const other = await senderFor({ authorities: authority }).wake(over('tls', peer.port, '127.0.0.1'))
    expect(other).toMatchObject({ result: 'misconfigured', detail: expect.stringContaining('ALTNAME') })
    expect(peer.heard).toHaveLength(0)
  })

  it('is silent where TLS is not spoken', async () => {
    const peer = await tcpPeer((request) => request.reply('SIP/2.0 400 What?\r\n\r\n'))
    expect(await senderFor({ t1: 10 }).wake(over('tls', peer.port, 'localhost'))).toMatchObject({
      result: 'silent',
    })
  })
})
