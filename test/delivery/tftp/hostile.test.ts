import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReadOutcome } from '../../../src/delivery/tftp/files.ts'
import { startTftp } from '../../../src/delivery/tftp/server.ts'
import { ack, closeAll, data, download, error, openPeer, pattern, rrq, serve, shelf, wrq } from './peer.ts'

afterEach(closeAll)

describe('a datagram', () => {
  it('of none or one byte to a running transfer changes nothing', async () => {
    const { address } = await serve(shelf({ a: pattern(600) }))
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const { from } = await peer.next()
    for (const packet of [Buffer.alloc(0), Buffer.of(0), Buffer.of(0, 4), Buffer.of(0, 4, 0)])
      peer.send(packet, from)
    peer.send(ack(1), from)
    expect(await peer.next()).toMatchObject({ opcode: 3, number: 2 })
  })

  it('to the request port that is no request is not answered, above all no ERROR', async () => {
    const { address } = await serve(shelf({ a: pattern(10) }))
    const peer = await openPeer()
    const noise = [
      Buffer.alloc(0),
      Buffer.of(0),
      error(4),
      ack(0),
      data(1, pattern(5)),
      Buffer.from('\0\x06tsize\x001\0'),
    ]
    for (const packet of [...noise, Buffer.from('\0\x09a\0octet\0'), rrq('a')])
      peer.send(packet, address.port)
    expect(await peer.next()).toMatchObject({ opcode: 3 })
    expect(peer.received).toHaveLength(1)
  })

  it('with a broken request gets a plain error', async () => {
    const { address } = await serve(shelf({ a: pattern(10) }))
    const peer = await openPeer()
    const broken = [
      Buffer.of(0, 1),
      Buffer.from('\0\x01a\0octet'),
      Buffer.from('\0\x01'.padEnd(3000, 'a')),
      rrq('a', {}, 'fax'),
    ]
    for (const packet of broken) {
      peer.send(packet, address.port)
      expect(await peer.next()).toMatchObject({ opcode: 5, number: 4 })
    }
  })

  it('of any kind, anywhere, leaves the server alive and its places free', async () => {
    const body = pattern(700)
    const server = await serve(
      {
        read: (name) => (name.length < 4 ? { body } : { error: 'not-found' }),
        write: () => ({ maxBytes: 5000, commit: () => {}, abort: () => {} }),
      },
      { limits: { requestsPerSecond: Number.POSITIVE_INFINITY, transfersPerAddress: 50 } },
    )
    const word = fc.oneof(
      fc.constantFrom('a', '../x', 'octet', 'netascii', 'blksize', '8', 'windowsize', '64', ''),
      fc.string({ maxLength: 300 }),
    )
    const likely = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.array(word, { maxLength: 8 }))
    const datagram = fc.oneof(
      fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
      likely.map(([opcode, words]) => Buffer.from(`\0${String.fromCharCode(opcode)}${words.join('\0')}\0`)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(datagram, { minLength: 1, maxLength: 20 }), async (datagrams) => {
        const peer = await openPeer()
        for (const bytes of datagrams) peer.send(bytes, server.address.port)
        peer.send(rrq('ok'), server.address.port)
        const isFirstBlock = async (): Promise<number> => {
          for (;;) {
            const { opcode, bytes, from } = await peer.next()
            if (opcode === 3 && bytes.length === 512) return from
          }
        }
        const from = await isFirstBlock()
        for (const bytes of datagrams) peer.send(bytes, from)
        peer.send(error(0), from)
        peer.send(wrq('gone'), server.address.port)
      }),
      { numRuns: 40 },
    )
    expect((await download(await openPeer(), server.address.port, 'ok')).equals(body)).toBe(true)
  })
})

describe('names', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    '%s is a name like any other',
    async (name) => {
      const files = { ...shelf({}), write: () => ({ maxBytes: 10, commit: () => {}, abort: () => {} }) }
      const { address } = await serve(files)
      const peer = await openPeer()
      peer.send(rrq(name), address.port)
      expect(await peer.next()).toMatchObject({ opcode: 5, number: 1 })
      peer.send(wrq(name), address.port)
      expect(await peer.next()).toMatchObject({ opcode: 4, number: 0 })
    },
  )

  it('that climb, or cannot be names, are not found and never asked for', async () => {
    const asked: string[] = []
    const { address } = await serve({
      read(name) {
        asked.push(name)
        return { error: 'not-found' }
      },
    })
    const peer = await openPeer()
    for (const name of [
      '../etc/passwd',
      'a/../../b',
      '..\\windows',
      '/',
      'a'.repeat(300),
      'a\u0007b',
      '//./good',
    ]) {
      peer.send(rrq(name), address.port)
      expect(await peer.next()).toMatchObject({ opcode: 5, number: 1 })
    }
    expect(asked).toEqual(['good'])
  })
})

describe('the files behind it', () => {
  it('may fail: the device gets an error, the log the reason, and the server goes on', async () => {
    const errors: object[] = []
    const log = { debug() {}, warn() {}, error: (fields: object) => errors.push(fields) }
    const { address } = await serve(
      {
        read(name) {
          if (name === 'throws') throw new Error('at once')
          if (name === 'rejects') return Promise.reject(new Error('later'))
          return { body: pattern(4), done: () => expect.fail('a mistake of the caller') }
        },
      },
      { log },
    )
    const peer = await openPeer()
    for (const name of ['throws', 'rejects']) {
      peer.send(rrq(name), address.port)
      expect(await peer.next()).toMatchObject({ opcode: 5, number: 0 })
    }
    await download(peer, address.port, 'good')
    await download(peer, address.port, 'good')
    expect(errors).toHaveLength(3)
  })

  it('answer access denied and not found as such', async () => {
    const { address } = await serve({ read: (name) => ({ error: name === 'a' ? 'access' : 'not-found' }) })
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    peer.send(rrq('b'), address.port)
    expect([(await peer.next()).number, (await peer.next()).number]).toEqual([2, 1])
  })
})

describe('limits', () => {
  it('leave requests over the number of transfers unheard, until one has ended', async () => {
    const { address } = await serve(shelf({ a: pattern(10) }), { limits: { transfersPerAddress: 2 } })
    const [one, two, three] = [await openPeer(), await openPeer(), await openPeer()]
    one.send(rrq('a'), address.port)
    const { from } = await one.next()
    two.send(rrq('a'), address.port)
    await two.next()
    three.send(rrq('a'), address.port)
    three.send(rrq('../x'), address.port) // Answered without a place, and after the one before.
    expect(await three.next()).toMatchObject({ opcode: 5 })
    one.send(ack(1), from)
    one.send(rrq('a'), address.port)
    expect(await one.next()).toMatchObject({ opcode: 3 })
    expect(three.received).toHaveLength(1)
  })

  it('hold with every request that finds nothing or is refused: their places come back', async () => {
    const { address } = await serve(shelf({ a: pattern(10) }), { limits: { transfersPerAddress: 1 } })
    const peer = await openPeer()
    for (const packet of [rrq('missing'), wrq('a'), rrq('missing'), rrq('a', {}, 'mail')]) {
      peer.send(packet, address.port)
      expect(await peer.next()).toMatchObject({ opcode: 5 })
    }
    expect(await download(peer, address.port, 'a')).toHaveLength(10)
  })

  it('slow one address down in what it may ask', async () => {
    const asked: string[] = []
    const { address } = await serve(
      {
        read(name) {
          asked.push(name)
          return { error: 'not-found' }
        },
      },
      { limits: { requestBurst: 5, requestsPerSecond: 0 } },
    )
    const peer = await openPeer()
    for (let count = 0; count < 50; count++) peer.send(rrq(`n${count}`), address.port)
    for (let count = 0; count < 5; count++) await peer.next()
    expect(asked).toEqual(['n0', 'n1', 'n2', 'n3', 'n4'])
  })
})

describe('closing', () => {
  it('lets a running transfer end, and hears no new request', async () => {
    const outcomes: ReadOutcome[] = []
    const server = await serve(
      { read: () => ({ body: pattern(1000), done: (outcome) => outcomes.push(outcome) }) },
      { limits: { closeGraceSeconds: 30 } },
    )
    const [peer, late] = [await openPeer(), await openPeer()]
    peer.send(rrq('a'), server.address.port)
    const { from } = await peer.next()
    const closed = server.close()
    late.send(rrq('a'), server.address.port)
    peer.send(ack(1), from)
    await peer.next()
    peer.send(ack(2), from)
    await closed
    expect(outcomes).toEqual([{ bytes: 1000, complete: true }])
    expect(late.received).toEqual([])
    await server.close()
  })

  it('ends what does not end by itself, and closes its handles', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bootline-tftp-'))
    await writeFile(join(folder, 'a'), pattern(100_000))
    const file = await open(join(folder, 'a'))
    const outcomes: ReadOutcome[] = []
    const server = await serve({
      read: () => ({ file, size: 100_000, done: (outcome) => outcomes.push(outcome) }),
    })
    const peer = await openPeer()
    peer.send(rrq('a'), server.address.port)
    await peer.next()
    await server.close()
    expect(outcomes).toEqual([{ bytes: 0, complete: false }])
    await expect.poll(() => file.fd).toBe(-1)
    await rm(folder, { recursive: true })
  })

  it('frees every socket when the request port is taken', async () => {
    const first = await serve(shelf({}))
    await expect(
      serve(shelf({}), { listen: { host: '127.0.0.1', port: first.address.port } }),
    ).rejects.toThrow('EADDRINUSE')
  })
})

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

describe.skipIf(!hasIpv6)('over IPv6 (skipped where the machine has no ::1)', () => {
  it('IPv4 devices reach a listener on all addresses, and are seen with their plain address', async () => {
    const seen: string[] = []
    const server = await startTftp({
      listen: { host: '::', port: 0 },
      files: {
        read(_name, peer) {
          seen.push(peer.address)
          return { body: pattern(900) }
        },
      },
    })
    expect((await download(await openPeer(), server.address.port, 'a')).equals(pattern(900))).toBe(true)
    expect(seen).toEqual(['127.0.0.1'])
    await server.close()
  })
})
