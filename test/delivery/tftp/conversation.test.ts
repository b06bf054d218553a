import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReadOutcome, TftpAnswer } from '../../../src/delivery/tftp/files.ts'
import { agree } from '../../../src/delivery/tftp/options.ts'
import { parseRequest } from '../../../src/delivery/tftp/packets.ts'
import { startReading } from '../../../src/delivery/tftp/reading.ts'
import { bodySource } from '../../../src/delivery/tftp/source.ts'
import {
  ack,
  closeAll,
  data,
  download,
  error,
  openPeer,
  type Peer,
  pattern,
  rrq,
  serve,
  shelf,
} from './peer.ts'

afterEach(closeAll)

const numbers = async (peer: Peer, count: number): Promise<number[]> => {
  const seen: number[] = []
  while (seen.length < count) seen.push((await peer.next()).number)
  return seen
}

describe('acknowledgements', () => {
  it('that come twice send nothing again', async () => {
    const { address } = await serve(shelf({ a: pattern(1600) }))
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const { from } = await peer.next()
    for (const block of [1, 2, 3]) {
      for (let times = 0; times < 30; times++) peer.send(ack(block), from)
      await peer.next()
    }
    peer.send(ack(4), from)
    await download(peer, address.port, 'a') // Whatever else had been sent would have come before this.
    expect(peer.received.map(({ number }) => number)).toEqual([1, 2, 3, 4, 1, 2, 3, 4])
  })

  it('of a block within the window send the rest from there, once', async () => {
    const { address } = await serve(shelf({ a: pattern(512 * 20) }))
    const peer = await openPeer()
    peer.send(rrq('a', { windowsize: 4 }), address.port)
    const { from } = await peer.next()
    peer.send(ack(0), from)
    expect(await numbers(peer, 4)).toEqual([1, 2, 3, 4])
    for (let times = 0; times < 10; times++) peer.send(ack(2), from)
    expect(await numbers(peer, 4)).toEqual([3, 4, 5, 6])
    peer.send(ack(1), from)
    peer.send(ack(6), from)
    expect(await numbers(peer, 4)).toEqual([7, 8, 9, 10])
  })

  it('of blocks never sent, or far behind, count for nothing', async () => {
    const { address } = await serve(shelf({ a: pattern(1600) }))
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const { from } = await peer.next()
    for (const block of [0, 2, 3, 4, 40_000, 65_535]) peer.send(ack(block), from)
    peer.send(ack(1), from)
    expect((await peer.next()).number).toBe(2)
  })
})

describe('silence of the peer', () => {
  /** A read driven by a clock of the test's own. */
  async function read(options: Record<string, number>) {
    const peer = await openPeer()
    const socket = createSocket('udp4').bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const request = parseRequest(rrq('a', options))
    if (typeof request !== 'object') throw new Error('no request')
    const terms = agree(request, 2000)
    const clock = { now: 0 }
    const outcomes: ReadOutcome[] = []
    const transfer = startReading({
      name: 'a',
      wire: { socket, address: '127.0.0.1', port: peer.port },
      source: bodySource(pattern(2000), terms.blockSize),
      terms,
      clock,
      ended: (outcome) => outcomes.push(outcome),
    })
    const pass = (ticks: number): void => {
      for (let tick = 0; tick < ticks; tick++) {
        clock.now++
        transfer.tick()
      }
    }
    return { peer, transfer, pass, outcomes, request, close: () => socket.close() }
  }

  it('sends the OACK again until it is confirmed', async () => {
    const { peer, transfer, pass, close } = await read({ blksize: 1000 })
    pass(10)
    transfer.receive(ack(0))
    expect([await peer.next(), await peer.next(), await peer.next()].map(({ opcode }) => opcode)).toEqual([
      6, 6, 3,
    ])
    close()
  })

  it('sends the window again from the last block acknowledged', async () => {
    const { peer, transfer, pass, close } = await read({ windowsize: 3 })
    transfer.receive(ack(0))
    await peer.next()
    expect(await numbers(peer, 3)).toEqual([1, 2, 3])
    pass(10)
    expect(await numbers(peer, 3)).toEqual([1, 2, 3])
    transfer.receive(ack(3))
    expect(await numbers(peer, 1)).toEqual([4])
    close()
  })

  it('ends the read after five tries, incomplete', async () => {
    const { pass, transfer, outcomes, close } = await read({ timeout: 1 })
    transfer.receive(ack(0))
    transfer.receive(ack(1))
    pass(59)
    expect(outcomes).toEqual([])
    pass(1)
    expect(outcomes).toEqual([{ bytes: 512, complete: false }])
    close()
  })

  it('does not count a late repetition of the request as one once the peer has spoken', async () => {
    const { transfer, request, pass, close } = await read({})
    expect(transfer.isRepeatedBy(request)).toBe(true)
    pass(5)
    transfer.receive(ack(1))
    expect(transfer.isRepeatedBy(request)).toBe(true)
    expect(transfer.isRepeatedBy({ ...request, name: 'b' })).toBe(false)
    pass(10)
    expect(transfer.isRepeatedBy(request)).toBe(false)
    close()
  })

  it('is bridged over real time', async () => {
    const { address } = await serve(shelf({ a: pattern(600) }))
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const first = await peer.next()
    expect(await peer.next()).toMatchObject({ opcode: 3, number: 1, from: first.from })
  })
})

describe('a request from the same port', () => {
  it('is answered once while it is a repetition', async () => {
    const { address } = await serve(shelf({ a: pattern(600) }))
    const peer = await openPeer()
    for (let times = 0; times < 5; times++) peer.send(rrq('a'), address.port)
    const { from } = await peer.next()
    peer.send(ack(1), from)
    expect(await peer.next()).toMatchObject({ number: 2, from })
  })

  it('for another name ends the old transfer, and gets another transfer ID', async () => {
    const outcomes: ReadOutcome[] = []
    const { address } = await serve({
      read: (name) => ({
        body: pattern(name === 'a' ? 5000 : 10),
        done: (outcome) => outcomes.push(outcome),
      }),
    })
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const old = await peer.next()
    peer.send(rrq('b'), address.port)
    const fresh = await peer.next()
    expect(fresh.bytes.length).toBe(10)
    expect(fresh.from).not.toBe(old.from)
    expect(outcomes).toEqual([{ bytes: 0, complete: false }])
  })

  it('for the same name begins anew when blocks were already acknowledged', async () => {
    const { address } = await serve(shelf({ a: pattern(5000) }))
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const { from } = await peer.next()
    for (const block of [1, 2, 3]) {
      peer.send(ack(block), from)
      await peer.next()
    }
    peer.send(rrq('a'), address.port)
    const again = await peer.next()
    expect(again.number).toBe(1)
    expect(again.from).not.toBe(from)
  })

  it('may overtake the last acknowledgement of the one before', async () => {
    const { address } = await serve(shelf({ a: pattern(1000), b: pattern(20) }))
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const { from } = await peer.next()
    peer.send(ack(1), from)
    await peer.next()
    peer.send(rrq('b'), address.port)
    expect((await peer.next()).bytes.length).toBe(20)
    peer.send(ack(2), from) // To the old transfer ID: late, and no reason for an error.
    expect((await download(peer, address.port, 'a')).length).toBe(1000)
    expect(peer.received.map(({ opcode }) => opcode)).not.toContain(5)
  })

  it('while the answer is still looked for is the same request, or replaces it', async () => {
    const asked: string[] = []
    const outcomes: ReadOutcome[] = []
    const answers = new Map<string, (answer: TftpAnswer) => void>()
    const { address } = await serve({
      read(name) {
        asked.push(name)
        return new Promise((resolve) => answers.set(name, resolve))
      },
    })
    const peer = await openPeer()
    for (const name of ['a', 'a', 'b', 'b', 'a']) peer.send(rrq(name), address.port)
    await expect.poll(() => asked).toEqual(['a', 'b', 'a'])
    answers.get('b')?.({ body: pattern(7), done: (outcome) => outcomes.push(outcome) })
    answers.get('a')?.({ body: pattern(9) })
    expect((await peer.next()).bytes.length).toBe(9)
    expect(outcomes).toEqual([{ bytes: 0, complete: false }])
  })
})

describe('a stranger', () => {
  it('is told error 5, and disturbs nothing', async () => {
    const body = pattern(2000)
    const { address } = await serve(shelf({ a: body }))
    const [peer, stranger] = [await openPeer(), await openPeer()]
    peer.send(rrq('a'), address.port)
    const { from, bytes } = await peer.next()
    for (const packet of [ack(1), error(0), data(1, pattern(5)), Buffer.of(0), Buffer.alloc(0), ack(1)]) {
      stranger.send(packet, from)
    }
    expect([await stranger.next(), await stranger.next(), await stranger.next()]).toMatchObject(
      [5, 5, 5].map((number) => ({ opcode: 5, number })),
    )
    const blocks = [bytes]
    for (let block = 1; block < 4; block++) {
      peer.send(ack(block), from)
      blocks.push((await peer.next()).bytes)
    }
    expect(Buffer.concat(blocks).equals(body)).toBe(true)
    expect(stranger.received).toHaveLength(3)
  })
})
