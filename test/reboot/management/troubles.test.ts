import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAsteriskSender } from '../../../src/reboot/asterisk/sender.ts'
import { createFreeswitchSender } from '../../../src/reboot/freeswitch/sender.ts'
import type { Sender, Wake } from '../../../src/reboot/wake.ts'
import { issue } from '../../delivery/access/certificates.ts'
import { startAmi } from '../asterisk/ami-peer.ts'
import { startEsl } from '../freeswitch/esl-peer.ts'
import { type Peer, startPeer } from './peer.ts'
import { wakeOf as anyWakeOf, password } from './wakes.ts'

interface Kind {
  readonly name: string
  readonly create: () => Sender
  readonly user?: string
  readonly start: () => Promise<Peer>
  readonly greeting: string
}

const kinds: readonly Kind[] = [
  {
    name: 'Asterisk',
    create: createAsteriskSender,
    user: 'bootline',
    start: () =>
      startAmi({
        users: { bootline: { secret: password, write: true } },
        endpoints: new Set(['33483050173']),
      }),
    greeting: 'Asterisk Call Manager/9.0.0\r\n',
  },
  {
    name: 'FreeSWITCH',
    create: createFreeswitchSender,
    start: () => startEsl({ password }),
    greeting: 'Content-Type: auth/request\n\n',
  },
]

const ends: (() => Promise<void>)[] = []
beforeEach(() => {
  // Only timers of our own stand still: sockets go on.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  vi.useRealTimers()
})

describe.each(kinds)('a $name server', ({ name, create, user, start, greeting }) => {
  function wakeOf(port: number, changes: Partial<Wake> = {}): Wake {
    const { user: _, ...reboot } = anyWakeOf(port).reboot
    return anyWakeOf(port, { reboot: { ...reboot, ...(user && { user }) }, ...changes })
  }

  async function talking(talk: (socket: Socket) => void): Promise<{ peer: Peer; sender: Sender }> {
    const peer = await startPeer(talk)
    const sender = create()
    ends.push(peer.close, sender.close)
    return { peer, sender }
  }

  it('that never answers is silent after five seconds, and the next time is called afresh', async () => {
    const { peer, sender } = await talking((socket) => socket.write(greeting))
    const answer = sender.wake(wakeOf(peer.port))
    await once(peer.events, 'data')
    const left = once(peer.events, 'left')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await answer).toEqual({
      result: 'silent',
      detail: `${name} at 127.0.0.1:${peer.port}: no answer within 5 s`,
    })
    await left
    const again = once(peer.events, 'connection')
    const second = sender.wake(wakeOf(peer.port))
    await again
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await second).toMatchObject({ result: 'silent' })
  })

  it('that is not greeting is waited for no longer', async () => {
    const { peer, sender } = await talking(() => undefined)
    const answer = sender.wake(wakeOf(peer.port))
    await once(peer.events, 'connection')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await answer).toMatchObject({ result: 'silent' })
    expect(peer.heard()).toBe('')
  })

  it.each<[string, (socket: Socket) => void]>([
    ['closes at once', (socket) => socket.end()],
    ['greets and closes', (socket) => socket.end(greeting)],
    ['resets', (socket) => socket.resetAndDestroy()],
    ['stops within a line', (socket) => socket.end('Content-Type: auth/req')],
  ])('that %s is silent', async (_, talk) => {
    const { peer, sender } = await talking(talk)
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'silent' })
  })

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n'],
    ['a web server', 'HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n'],
    ['bytes without an end', 'x'.repeat(70_000)],
    ['an impossible length', 'Content-Type: auth/request\nContent-Length: -1\n\n'],
    ['a length without bounds', 'Content-Type: auth/request\nContent-Length: 999999999\n\n'],
  ])('that turns out to be %s is a matter of set-up, and is told nothing', async (_, text) => {
    const { peer, sender } = await talking((socket) => socket.write(text))
    const answer = await sender.wake(wakeOf(peer.port))
    expect(answer).toMatchObject({ result: 'misconfigured' })
    expect(peer.heard()).toBe('')
  })

  it('that is not running is silent', async () => {
    const server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as { port: number }
    await new Promise((done) => server.close(done))
    const sender = create()
    ends.push(sender.close)
    expect(await sender.wake(wakeOf(port))).toEqual({
      result: 'silent',
      detail: `${name} at 127.0.0.1:${port}: connection refused`,
    })
  })

  it('whose address is missing or no address is a matter of set-up', async () => {
    const sender = create()
    ends.push(sender.close)
    const { server: _, ...none } = wakeOf(1).reboot
    expect(await sender.wake(wakeOf(1, { reboot: none }))).toMatchObject({ result: 'misconfigured' })
    for (const server of [
      '',
      'a b',
      '127.0.0.1:0',
      '127.0.0.1:70000',
      'x\r\ny:1',
      'http://127.0.0.1:1',
      '127.0.0.1',
    ]) {
      expect(await sender.wake(wakeOf(1, { reboot: { ...none, server } }))).toMatchObject({
        result: 'misconfigured',
      })
    }
  })

  it('is signed in to once, and left after half a minute without work', async () => {
    const peer = await start()
    const sender = create()
    ends.push(peer.close, sender.close)
    await sender.wake(wakeOf(peer.port))
    await vi.advanceTimersByTimeAsync(29_000)
    await sender.wake(wakeOf(peer.port))
    await vi.advanceTimersByTimeAsync(29_000)
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'queued' })
    expect(peer.connections()).toBe(1)
    const left = once(peer.events, 'left')
    await vi.advanceTimersByTimeAsync(30_000)
    await left
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'queued' })
    expect(peer.connections()).toBe(2)
  })

  it('that restarts between two devices is called again', async () => {
    const peer = await start()
    const sender = create()
    ends.push(peer.close, sender.close)
    await sender.wake(wakeOf(peer.port))
    await peer.drop()
    // The end of the line reaches us like everything else, so the first try may still meet it.
    await vi.waitFor(async () =>
      expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'queued' }),
    )
    expect(peer.connections()).toBe(2)
  })

  it('is left when the sender closes, and who waited hears so', async () => {
    const { peer, sender } = await talking((socket) => socket.write(greeting))
    const answer = sender.wake(wakeOf(peer.port))
    await once(peer.events, 'data')
    const left = once(peer.events, 'left')
    await sender.close()
    await left
    expect(await answer).toMatchObject({ result: 'silent', detail: expect.stringContaining('stopping') })
    expect(await sender.wake(wakeOf(peer.port))).toMatchObject({ result: 'silent' })
    expect(peer.connections()).toBe(1)
  })
})

describe('TLS to Asterisk', () => {
  it('is not spoken with a server whose certificate nobody vouches for', async () => {
    const { pem, key } = issue({ name: 'pbx.example.net' })
    let heard = ''
    const server = createTlsServer({ cert: pem, key }, (socket) => {
      socket.on('error', () => socket.destroy())
      socket.on('data', (chunk) => {
        heard += chunk
      })
      socket.write('Asterisk Call Manager/9.0.0\r\n')
    })
    server.on('tlsClientError', () => undefined)
    // An address of the loopback network that nobody else has: the port is what tells that TLS is spoken.
    await once(server.listen(5039, '127.0.53.9'), 'listening')
    const sender = createAsteriskSender()
    ends.push(() => new Promise((done) => server.close(() => done())), sender.close)
    const wake = anyWakeOf(5039)
    const answer = await sender.wake({
      ...wake,
      reboot: { ...wake.reboot, server: '127.0.53.9:5039' },
    })
    expect(answer).toMatchObject({ result: 'misconfigured', detail: expect.stringContaining('CERT') })
    expect(heard).toBe('')
  })
})
