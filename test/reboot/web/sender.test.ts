import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { polycomWebWake } from '../../../src/devices/polycom/web-wake.ts'
import type { WebWake } from '../../../src/devices/web-wake.ts'
import { yealinkWebWake } from '../../../src/devices/yealink/web-wake.ts'
import type { Sender, Wake } from '../../../src/reboot/wake.ts'
import { createWebSender } from '../../../src/reboot/web/sender.ts'
import { wakeOf } from '../management/wakes.ts'
import { type Device, startDevice } from './device.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  vi.useRealTimers()
})

const secret = 'a:b é'

function wake(changes: Partial<Wake> = {}): Wake {
  const reboot = { by: 'web', user: 'admin', password: secret } as const
  return wakeOf(0, { address: '127.0.0.1', reboot, ...changes })
}

async function start(
  web: WebWake,
  answer: Parameters<typeof startDevice>[0],
  tls?: Parameters<typeof startDevice>[1],
): Promise<{ readonly device: Device; readonly sender: Sender }> {
  const device = await startDevice(answer, tls)
  const sender = createWebSender(() => ({ ...web, port: device.port }))
  ends.push(device.close, sender.close)
  return { device, sender }
}

function basic(user: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
}

describe("Yealink's action URI", () => {
  it('restarts with one, and has the phone look for files with another', async () => {
    const { device, sender } = await start(yealinkWebWake, (_, response) => response.end())
    expect(await sender.wake(wake())).toEqual({ result: 'heard', status: 200, detail: '200, it has heard' })
    await sender.wake(wake({ form: 'resync' }))
    expect(device.asked).toMatchObject([
      { method: 'GET', path: '/servlet?key=Reboot', authorization: basic('admin') },
      { method: 'GET', path: '/servlet?key=AutoP', authorization: basic('admin') },
    ])
  })

  it.each([
    { user: undefined, password: secret },
    { user: 'admin', password: undefined },
    { user: 'a:b', password: secret },
  ])('is not asked without a user and a password that fit: %j', async ({ user, password }) => {
    const { device, sender } = await start(yealinkWebWake, (_, response) => response.end())
    const reboot = { by: 'web' as const, ...(user && { user }), ...(password && { password }) }
    expect(await sender.wake(wake({ reboot }))).toMatchObject({ result: 'misconfigured' })
    expect(device.asked).toEqual([])
  })
})

describe("Poly's REST interface", () => {
  it('restarts in both forms, signed in as Polycom whoever signs in elsewhere', async () => {
    const { device, sender } = await start(polycomWebWake, (_, response) =>
      response.end('{"Status": "2000"}'),
    )
    expect(await sender.wake(wake())).toMatchObject({ result: 'heard', status: 200 })
    await sender.wake(wake({ form: 'resync' }))
    const once = {
      method: 'POST',
      path: '/api/v1/mgmt/safeRestart',
      authorization: basic('Polycom'),
      contentType: 'application/json',
      length: '0',
    }
    expect(device.asked).toEqual([once, once])
  })

  it.each([
    ['{"Status":"2000"}', 'heard'],
    ['{"Status": 2000}', 'heard'],
    ['', 'heard'],
    ['{"Status":"4001"}', 'busy'],
    ['{"Status":"4010"}', 'refused'],
    ['{"Status":"5000"}', 'refused'],
  ])('may say in a good answer that it will not: %s is %s', async (body, result) => {
    const { sender } = await start(polycomWebWake, (_, response) => response.end(body))
    expect(await sender.wake(wake())).toMatchObject({ result, status: 200 })
  })
})

describe('what a device answers', () => {
  it.each([
    [202, 'heard'],
    [302, 'refused'],
    [401, 'credentials'],
    [403, 'refused'],
    [404, 'unwilling'],
    [500, 'refused'],
    [503, 'overloaded'],
  ])('%i is %s', async (status, result) => {
    const { device, sender } = await start(yealinkWebWake, (_, response) => {
      response.writeHead(status, { location: '/elsewhere', 'retry-after': '17' }).end('no')
    })
    expect(await sender.wake(wake())).toMatchObject({
      result,
      status,
      ...(status < 300 ? {} : { retryAfter: 17 }),
    })
    // Nothing is followed: the password goes to one place only.
    expect(device.asked).toHaveLength(1)
  })

  it('counts when the device restarts within its own answer', async () => {
    const { sender } = await start(yealinkWebWake, (_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('Rebo', () => response.destroy())
    })
    expect(await sender.wake(wake())).toMatchObject({ result: 'heard', status: 200 })
  })

  it('counts without the rest when it has no end', async () => {
    const { sender } = await start(yealinkWebWake, (_, response) => {
      response.write('x'.repeat(100_000))
    })
    expect(await sender.wake(wake())).toMatchObject({ result: 'heard', status: 200 })
  })

  it('is silence when it hangs up', async () => {
    const { sender } = await start(yealinkWebWake, (request) => request.socket.destroy())
    expect(await sender.wake(wake())).toMatchObject({ result: 'silent' })
  })

  it('is silence after ten seconds without a word', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { device, sender } = await start(yealinkWebWake, () => undefined)
    const answer = sender.wake(wake())
    await device.first
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await answer).toEqual({ result: 'silent', detail: 'no answer within 10 s' })
  })

  it('is silence where nobody listens', async () => {
    const server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    await new Promise((done) => server.close(done))
    const sender = createWebSender(() => ({ ...yealinkWebWake, port }))
    expect(await sender.wake(wake())).toEqual({ result: 'silent', detail: 'connection refused' })
  })

  it('is a matter of set-up where no TLS is spoken; the password stays here', async () => {
    let heard = ''
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.on('data', (chunk) => {
        heard += chunk.toString('latin1')
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
      })
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    ends.push(() => new Promise((done) => server.close(() => done())))
    const { port } = server.address() as AddressInfo
    const sender = createWebSender(() => ({ ...yealinkWebWake, port }))
    expect(await sender.wake(wake())).toMatchObject({ result: 'misconfigured' })
    expect(heard).not.toContain('servlet')
    expect(heard).not.toContain('Basic')
  })
})

describe('who is asked', () => {
  it('are old devices too, which speak TLS 1.0 alone', async () => {
    const tls = {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    } as const
    const { sender } = await start(yealinkWebWake, (_, response) => response.end(), tls)
    expect(await sender.wake(wake())).toMatchObject({ result: 'heard' })
  })

  it('are never devices outside a private network', async () => {
    const sender = createWebSender(() => yealinkWebWake)
    for (const address of ['198.51.100.7', '2001:db8::7', '11.0.0.1', 'phone.example.net', '']) {
      expect(await sender.wake(wake({ address }))).toMatchObject({ result: 'misconfigured' })
    }
  })

  it('are no devices that were never seen, or that no way is known for', async () => {
    const { address: _, ...unseen } = wake()
    expect(await createWebSender(() => yealinkWebWake).wake(unseen)).toMatchObject({ result: 'absent' })
    expect(await createWebSender(() => undefined).wake(wake())).toMatchObject({
      result: 'misconfigured',
      detail: 'Yealink T54W cannot be told over its web interface',
    })
  })

  it('are left alone once the sender closes', async () => {
    const { device, sender } = await start(yealinkWebWake, () => undefined)
    const answer = sender.wake(wake())
    await device.first
    await sender.close()
    expect(await answer).toMatchObject({ result: 'silent' })
    expect(await sender.wake(wake())).toMatchObject({ result: 'silent' })
    expect(device.asked).toHaveLength(1)
  })
})
