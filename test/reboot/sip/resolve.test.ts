import { describe, expect, it } from 'vitest'
import type { Hop } from '../../../src/reboot/sip/errand.ts'
import { createResolver, type Names } from '../../../src/reboot/sip/resolve.ts'
import { senderFor, udpPeer, wakeAt } from './support.ts'

const nothing = () => Promise.reject(new Error('ENOTFOUND'))

function namesOf(
  addresses: Record<string, readonly string[]>,
  services: Record<string, readonly (readonly [string, number, number, number])[]> = {},
) {
  const asked: string[] = []
  const names: Names = {
    addresses(name) {
      asked.push(name)
      return addresses[name] ? Promise.resolve(addresses[name]) : nothing()
    },
    services(name) {
      asked.push(name)
      const records = services[name]
      if (!records) return nothing()
      return Promise.resolve(
        records.map(([to, port, priority, weight]) => ({ name: to, port, priority, weight })),
      )
    },
  }
  return { names, asked }
}

function hop(host: string, changes: Partial<Hop> = {}): Hop {
  return { host, port: undefined, transport: 'udp', ...changes }
}

describe('where a hop is', () => {
  it.each([
    [hop('192.0.2.1'), [{ address: '192.0.2.1', port: 5060 }]],
    [hop('192.0.2.1', { transport: 'tls' }), [{ address: '192.0.2.1', port: 5061 }]],
    [hop('2001:db8::1', { port: 5080 }), [{ address: '2001:db8::1', port: 5080 }]],
  ])('is told by its address alone: %o', async (of, places) => {
    const { names, asked } = namesOf({})
    expect(await createResolver(names, () => 0).places(of, true)).toEqual(places)
    expect(asked).toEqual([])
  })

  it('is told by service records of its transport, by their priority', async () => {
    const { names } = namesOf(
      { 'b.example.net': ['192.0.2.2'], 'a.example.net': ['192.0.2.1', '192.0.2.3'] },
      {
        '_sips._tcp.example.net': [
          ['b.example.net', 5071, 20, 1000],
          ['a.example.net', 5070, 10, 0],
        ],
      },
    )
    expect(
      await createResolver(names, () => 0).places(hop('example.net', { transport: 'tls' }), true),
    ).toEqual([
      { address: '192.0.2.1', port: 5070 },
      { address: '192.0.2.3', port: 5070 },
      { address: '192.0.2.2', port: 5071 },
    ])
  })

  it('is shared out by weight', async () => {
    const { names } = namesOf(
      { 'a.example.net': ['192.0.2.1'], 'b.example.net': ['192.0.2.2'] },
      {
        '_sip._udp.example.net': [
          ['a.example.net', 5060, 1, 90],
          ['b.example.net', 5060, 1, 10],
        ],
      },
    )
    let first = 0
    for (let round = 0; round < 1000; round++) {
      const places = await createResolver(names, () => 0).places(hop('example.net'), true)
      if ('noPath' in places) throw new Error(places.noPath)
      if (places[0]?.address === '192.0.2.1') first++
    }
    expect(first).toBeGreaterThan(830)
    expect(first).toBeLessThan(960)
  })

  it('is the name itself without records, and with a port they are not asked', async () => {
    const { names, asked } = namesOf({ 'example.net': ['192.0.2.1'] })
    const resolver = createResolver(names, () => 0)
    expect(await resolver.places(hop('example.net', { transport: 'tcp' }), true)).toEqual([
      { address: '192.0.2.1', port: 5060 },
    ])
    expect(await resolver.places(hop('example.net', { port: 5080 }), true)).toEqual([
      { address: '192.0.2.1', port: 5080 },
    ])
    expect(asked).toEqual(['_sip._tcp.example.net', 'example.net', 'example.net'])
  })

  it('is nowhere for a name without addresses, or with none that is reached', async () => {
    const { names } = namesOf({
      'six.example.net': ['2001:db8::1'],
      'both.example.net': ['2001:db8::1', '192.0.2.1'],
    })
    const resolver = createResolver(names, () => 0)
    expect(await resolver.places(hop('example.net'), true)).toEqual({
      noPath: 'the name example.net leads to no address',
    })
    expect(await resolver.places(hop('six.example.net'), false)).toMatchObject({ noPath: expect.any(String) })
    expect(await resolver.places(hop('both.example.net'), false)).toEqual([
      { address: '192.0.2.1', port: 5060 },
    ])
  })

  it('is remembered for half a minute', async () => {
    let now = 0
    const { names, asked } = namesOf({ 'example.net': ['192.0.2.1'] })
    const resolver = createResolver(names, () => now)
    const ask = () => resolver.places(hop('example.net', { port: 5060 }), true)
    await Promise.all([ask(), ask()])
    now = 29_999
    await ask()
    expect(asked).toHaveLength(1)
    now = 30_000
    await ask()
    expect(asked).toHaveLength(2)
  })

  it('begins for a while with the others after one was silent', async () => {
    let now = 0
    const { names } = namesOf({ 'example.net': ['192.0.2.1', '192.0.2.2'] })
    const resolver = createResolver(names, () => now)
    const first = async () => {
      const places = await resolver.places(hop('example.net', { port: 5060 }), true)
      return 'noPath' in places ? undefined : places[0]?.address
    }
    resolver.avoid({ address: '192.0.2.1', port: 5060 })
    expect(await first()).toBe('192.0.2.2')
    resolver.avoid({ address: '192.0.2.2', port: 5060 })
    expect(await first()).toBe('192.0.2.1')
    now = 300_000
    expect(await first()).toBe('192.0.2.1')
  })
})

describe('a server with several places', () => {
  it('is told at the next one when the first has too much to do, and there at once from then on', async () => {
    const full = await udpPeer(
      (request) => request.reply(request.answer('503 Full', 'Retry-After: 9')),
      '127.0.0.64',
    )
    const free = await udpPeer((request) => request.reply(request.answer('200 OK')), '127.0.0.65', full.port)
    const { names } = namesOf({ 'sip.example.net': ['127.0.0.64', '127.0.0.65'] })
    const sender = senderFor({ names, listen: { host: '0.0.0.0', port: 0 } })
    const told = wakeAt(full.port, { sip: { domain: 'sip.example.net', port: full.port, transport: 'udp' } })
    expect(await sender.wake(told)).toMatchObject({ result: 'heard' })
    expect(await sender.wake(told)).toMatchObject({ result: 'heard' })
    expect([full.heard.length, free.heard.length]).toEqual([1, 2])
  })

  it('says that it has too much to do when all its places have', async () => {
    const full = await udpPeer((request) => request.reply(request.answer('503 Full', 'Retry-After: 9')))
    expect(await senderFor().wake(wakeAt(full.port))).toEqual({
      result: 'overloaded',
      status: 503,
      detail: '503 Full',
      retryAfter: 9,
    })
  })
})
