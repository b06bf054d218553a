import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { type Heard, line, senderFor, udpPeer, wakeAt } from './support.ts'

const ok = (request: Heard): void => request.reply(request.answer('200 OK'))

describe('a NOTIFY over UDP', () => {
  it('is written as devices want it, through the proxy and to the first line only', async () => {
    const peer = await udpPeer(ok)
    const sender = senderFor()
    const { port } = await sender.bound
    expect(await sender.wake(wakeAt(peer.port))).toEqual({ result: 'heard', status: 200, detail: '200 OK' })
    expect(peer.heard).toHaveLength(1)
    expect(peer.heard[0]?.text.split('\r\n')).toEqual([
      `NOTIFY sip:${line.user}@sip.example.net SIP/2.0`,
      expect.stringMatching(
        new RegExp(`^Via: SIP/2\\.0/UDP 127\\.0\\.0\\.1:${port};branch=z9hG4bK[0-9a-f]{20};rport$`),
      ),
      'Max-Forwards: 70',
      expect.stringMatching(/^From: <sip:33483050173@sip\.example\.net>;tag=[0-9a-f]{20}$/),
      'To: <sip:33483050173@sip.example.net>',
      expect.stringMatching(/^Call-ID: [0-9a-f]{20}$/),
      'CSeq: 1 NOTIFY',
      `Contact: <sip:127.0.0.1:${port}>`,
      'Event: check-sync;reboot=true',
      'Subscription-State: terminated',
      'Content-Length: 0',
      '',
      '',
    ])
  })

  it('bears marks of its own each time', async () => {
    const peer = await udpPeer(ok)
    const sender = senderFor()
    await Promise.all(Array.from({ length: 50 }, () => sender.wake(wakeAt(peer.port))))
    for (const name of ['Via', 'From', 'Call-ID']) {
      expect(new Set(peer.heard.map((request) => request.header(name))).size).toBe(50)
    }
  })

  it('goes to the port of the device itself where the company is set so', async () => {
    const device = await udpPeer(ok, '127.0.0.62', 5060)
    const told = wakeAt(9, { reboot: { by: 'direct' }, address: '127.0.0.62' })
    // Bound to every address, the socket has to find out from which one it will be seen.
    const sender = senderFor({ listen: { host: '0.0.0.0', port: 0 } })
    const { port } = await sender.bound
    expect(await sender.wake(told)).toMatchObject({ result: 'heard' })
    expect(device.heard[0]?.start).toBe('NOTIFY sip:33483050173@127.0.0.62:5060 SIP/2.0')
    expect(device.heard[0]?.header('To')).toBe('<sip:33483050173@sip.example.net>')
    expect(device.heard[0]?.header('Via')).toMatch(
      new RegExp(`^SIP/2\\.0/UDP 127\\.\\d+\\.\\d+\\.\\d+:${port};`),
    )
  })

  it('goes to addresses of both kinds from a socket of IPv6', async () => {
    const four = await udpPeer(ok)
    const six = createSocket('udp6')
    six.on('message', (bytes, from) => {
      six.send(bytes.toString().replace(/^.*/, 'SIP/2.0 489 Bad Event'), from.port, from.address)
    })
    six.bind(0, '::1')
    await once(six, 'listening')
    const sender = senderFor({ listen: { host: '::', port: 0 } })
    expect(await sender.wake(wakeAt(four.port))).toMatchObject({ result: 'heard' })
    expect(four.heard[0]?.header('Contact')).toMatch(/^<sip:127\.0\.0\.1:\d+>$/)
    const told = wakeAt(six.address().port)
    expect(await sender.wake({ ...told, sip: { ...told.sip, proxy: '::1' } })).toMatchObject({
      result: 'unwilling',
    })
    six.close()
  })
})

describe('a network that is not kind', () => {
  it('loses requests: the same bytes come again', async () => {
    const peer = await udpPeer((request, index) => {
      if (index === 2) ok(request)
    })
    expect(await senderFor({ t1: 10 }).wake(wakeAt(peer.port))).toMatchObject({ result: 'heard' })
    expect(new Set(peer.heard.map(({ text }) => text)).size).toBe(1)
    expect(peer.heard.length).toBeGreaterThanOrEqual(3)
  })

  it('loses everything: the device is silent', async () => {
    const peer = await udpPeer(() => {})
    const answer = await senderFor({ t1: 10 }).wake(wakeAt(peer.port))
    expect(answer).toEqual({ result: 'silent', detail: 'no answer within 0.64 s' })
    expect(peer.heard.length).toBeGreaterThan(3)
  })

  it('has nobody at a port: all who wait are told so at once, whatever time an answer would have', async () => {
    const gone = createSocket('udp4').bind(0, '127.0.0.1')
    await once(gone, 'listening')
    const { port } = gone.address()
    await once(gone.close(), 'close')
    const sender = senderFor({ t1: 100 })
    const silent = { result: 'silent', detail: `nothing listens at 127.0.0.1:${port}` }
    const wakes = ['1', '2', '3'].map((user) => sender.wake(wakeAt(port, { users: [user] })))
    expect(await Promise.all(wakes)).toEqual([silent, silent, silent])
    await udpPeer(ok, '127.0.0.1', port)
    expect(await sender.wake(wakeAt(port))).toMatchObject({ result: 'heard' })
  })

  it('doubles, garbles and swaps answers', async () => {
    const waiting: Heard[] = []
    const peer = await udpPeer((request) => {
      request.reply(request.answer('100 Trying'))
      waiting.push(request)
      if (waiting.length < 20) return
      for (const late of waiting.splice(0).reverse()) {
        const text = late.answer(late.header('To')?.includes('odd') ? '489 Bad Event' : '200 OK')
        late.reply(Buffer.alloc(0))
        late.reply('\r\n\r\n')
        late.reply(text.slice(0, text.indexOf('CSeq')))
        late.reply(text.replace(/^SIP\/2.0 \d/, 'SIP/2.0 9'))
        late.reply(text.replaceAll('z9hG4bK', 'z9hG4bKx'))
        late.reply(text.replace('NOTIFY', 'INVITE'))
        late.reply(Buffer.concat([Buffer.from(text.slice(0, 40)), Buffer.from([0xff, 0, 0xfe])]))
        late.reply(text)
        late.reply(text)
        late.reply(late.answer('503 Too late'))
      }
    })
    const sender = senderFor()
    const users = Array.from({ length: 20 }, (_, i) => (i % 2 ? `odd${i}` : `even${i}`))
    const answers = await Promise.all(users.map((user) => sender.wake(wakeAt(peer.port, { users: [user] }))))
    expect(answers.map(({ result }) => result)).toEqual(users.map((_, i) => (i % 2 ? 'unwilling' : 'heard')))
    expect(peer.heard).toHaveLength(20)
  })

  it('brings the answer from another address than the request went to', async () => {
    const elsewhere = await udpPeer(() => {})
    const peer = await udpPeer((request) => {
      const [, port] = /:(\d+);/.exec(request.header('Via') ?? '') ?? []
      elsewhere.socket.send(request.answer('202 Accepted'), Number(port), '127.0.0.1')
    })
    expect(await senderFor().wake(wakeAt(peer.port))).toMatchObject({
      result: 'heard',
      status: 202,
    })
  })
})

describe('what cannot be sent', () => {
  it.each([
    ['no user', { users: [] }],
    ['a user with a line end', { users: ['1\r\nVia: x'] }],
    ['a user with a space', { users: ['1 2'] }],
    ['an event with a line end', { event: 'check-sync\r\nX: y' }],
    ['a domain with more in it', { sip: { domain: 'a;lr>', transport: 'udp' } }],
    ['a proxy with a port', { sip: { domain: 'a', proxy: 'b:5060', transport: 'udp' } }],
    ['a line that signs in with quotes', { credentials: { user: 'a"b', password: 'x' } }],
    ['an account with a line end', { reboot: { by: 'sip', user: 'a\nb', password: 'x' } }],
    ['an address that is none', { reboot: { by: 'direct' }, address: 'phone.example.net' }],
  ] as const)('is a matter of settings: %s', async (_, changes) => {
    expect(await senderFor().wake(wakeAt(9, changes))).toMatchObject({ result: 'misconfigured' })
  })

  it('is for a device that was never seen, where it is told directly', async () => {
    expect(await senderFor().wake(wakeAt(9, { reboot: { by: 'direct' } }))).toMatchObject({
      result: 'absent',
    })
  })

  it('is everything where the port is taken', async () => {
    const { port } = (await udpPeer(() => {})).socket.address()
    const sender = senderFor({ listen: { host: '127.0.0.1', port } })
    await expect(sender.bound).rejects.toThrow('EADDRINUSE')
    expect(await sender.wake(wakeAt(port))).toMatchObject({ result: 'misconfigured' })
  })

  it('is a hop of IPv6 from a socket of IPv4, and one the machine has no way to', async () => {
    const told = wakeAt(9)
    const six = await senderFor().wake({ ...told, sip: { ...told.sip, proxy: '2001:db8::1' } })
    expect(six).toEqual({
      result: 'silent',
      detail: '2001:db8::1 is not reached over IPv4',
      isUnsent: true,
    })
    const broadcast = await senderFor().wake({ ...told, sip: { ...told.sip, proxy: '255.255.255.255' } })
    expect(broadcast).toMatchObject({
      result: 'silent',
      detail: expect.stringContaining('nothing can be sent to'),
    })
  })
})

describe('a sender that closes', () => {
  it('ends what waits, and sends nothing more', async () => {
    const peer = await udpPeer(() => void sender.close())
    const sender = senderFor()
    const stopping = { result: 'silent', detail: 'this server is stopping' }
    expect(await sender.wake(wakeAt(peer.port))).toEqual(stopping)
    expect(await sender.wake(wakeAt(peer.port))).toEqual(stopping)
    expect(peer.heard).toHaveLength(1)
  })
})

describe('a request that comes to us', () => {
  const request = (method: string, via = 'SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKq;rport') =>
    [
      `${method} sip:a SIP/2.0`,
      `Via: ${via}`,
      'Via: SIP/2.0/UDP b',
      'f: <sip:b>;tag=1',
      'To: <sip:a>',
      'Call-ID: c',
      `CSeq: 3 ${method}`,
      '',
      '',
    ].join('\r\n')

  it('is answered where it came from, unless it must not be', async () => {
    const sender = senderFor()
    const { port } = await sender.bound
    const asker = createSocket('udp4')
    const answers: string[] = []
    const send = (text: string) => asker.send(text, port, '127.0.0.1')
    const all = new Promise<void>((resolve) => {
      asker.on('message', (bytes) => {
        answers.push(bytes.toString())
        if (answers.length === 2) resolve()
      })
    })
    asker.bind(0, '127.0.0.1')
    await once(asker, 'listening')
    send(request('ACK'))
    send('SIP/2.0 200 OK\r\nVia: x;branch=z9hG4bKq\r\nCSeq: 1 OPTIONS\r\n\r\n')
    send('OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n')
    send(request('INVITE'))
    send(request('OPTIONS'))
    await all
    const here = asker.address().port
    asker.close()
    expect(answers.map((text) => text.split('\r\n')[0])).toEqual([
      'SIP/2.0 501 Not Implemented',
      'SIP/2.0 200 OK',
    ])
    expect(answers[1]?.split('\r\n')).toEqual([
      'SIP/2.0 200 OK',
      `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKq;received=127.0.0.1;rport=${here}`,
      'Via: SIP/2.0/UDP b',
      'From: <sip:b>;tag=1',
      expect.stringMatching(/^To: <sip:a>;tag=[0-9a-f]+$/),
      'Call-ID: c',
      'CSeq: 3 OPTIONS',
      'Allow: OPTIONS',
      'Content-Length: 0',
      '',
      '',
    ])
  })
})
