import { afterEach, describe, expect, it } from 'vitest'
import type { TftpFiles } from '../../../src/delivery/tftp/files.ts'
import {
  ack,
  closeAll,
  data,
  download,
  error,
  oackWords,
  openPeer,
  type Peer,
  pattern,
  rrq,
  serve,
  shelf,
  wrq,
} from './peer.ts'

afterEach(closeAll)

interface Uploads extends TftpFiles {
  readonly kept: Map<string, Buffer>
  readonly events: string[]
}

/** Keeps uploads of up to `maxBytes`; `hold` delays keeping them. */
function uploads(maxBytes = 100_000, hold: () => Promise<void> = () => Promise.resolve()): Uploads {
  const kept = new Map([['a.log', Buffer.from('what was there before')]])
  const events: string[] = []
  return {
    kept,
    events,
    read(name) {
      const body = kept.get(name)
      return body ? { body } : { error: 'not-found' }
    },
    write(name) {
      if (name === 'forbidden') return { error: 'access' }
      return {
        maxBytes,
        async commit(body) {
          events.push('commit')
          await hold()
          kept.set(name, Buffer.from(body))
          events.push('kept')
        },
        abort() {
          events.push('abort')
        },
      }
    },
  }
}

/** Sends a file as a well-behaved client. */
async function upload(
  peer: Peer,
  port: number,
  name: string,
  body: Buffer,
  options: Record<string, number> = {},
  mode?: string,
): Promise<void> {
  peer.send(wrq(name, options, mode), port)
  const size = options.blksize ?? 512
  const window = options.windowsize ?? 1
  const { opcode, number, from } = await peer.next()
  if (opcode === 5) throw new Error(`error ${number}`)
  const count = Math.floor(body.length / size) + 1
  for (let block = 1; block <= count; block++) {
    peer.send(data(block, body.subarray((block - 1) * size, block * size)), from)
    if (block % window !== 0 && block !== count) continue
    const answer = await peer.next()
    if (answer.opcode !== 4 || answer.number !== (block & 0xffff))
      throw new Error(`${answer.opcode} ${answer.number}`)
  }
}

describe('an upload', () => {
  it.each([0, 1, 511, 512, 513, 5120, 50_000])('of %d bytes is kept as it was sent', async (length) => {
    const files = uploads()
    const { address } = await serve(files)
    for (const options of [{}, { blksize: 1428 }, { windowsize: 8, timeout: 2 }]) {
      await upload(await openPeer(), address.port, '/a.log', pattern(length), options)
      expect(files.kept.get('a.log')?.equals(pattern(length))).toBe(true)
      files.kept.clear()
    }
  })

  it('is refused when nothing takes uploads, and where they are not wanted', async () => {
    const closed = await serve(shelf({ 'a.log': pattern(3) }))
    const peer = await openPeer()
    await expect(upload(peer, closed.address.port, 'a.log', pattern(5))).rejects.toThrow('error 2')
    expect(await download(peer, closed.address.port, 'a.log')).toEqual(pattern(3))
    const { address } = await serve(uploads())
    await expect(upload(peer, address.port, 'forbidden', pattern(5))).rejects.toThrow('error 2')
  })

  it('is acknowledged only once it is kept, however often its last block comes', async () => {
    let keep = (): void => {}
    const files = uploads(1000, () => new Promise((resolve) => (keep = resolve)))
    const { address } = await serve(files)
    const peer = await openPeer()
    peer.send(wrq('a.log'), address.port)
    const { from } = await peer.next()
    for (let times = 0; times < 3; times++) peer.send(data(1, pattern(5)), from)
    await expect.poll(() => files.events).toEqual(['commit'])
    expect(peer.received).toHaveLength(1)
    keep()
    expect(await peer.next()).toMatchObject({ opcode: 4, number: 1 })
    expect(files.events).toEqual(['commit', 'kept'])
    // Lost on its way, the last acknowledgement is given again, and nothing is kept twice.
    peer.send(data(1, pattern(5)), from)
    expect(await peer.next()).toMatchObject({ opcode: 4, number: 1 })
    expect(files.events).toEqual(['commit', 'kept'])
  })

  it('that cannot be kept is answered with an error', async () => {
    const files = uploads(1000, () => Promise.reject(new Error('disk')))
    const { address } = await serve(files)
    await expect(upload(await openPeer(), address.port, 'a.log', pattern(5))).rejects.toThrow('5 0')
    expect(files.events).toEqual(['commit', 'abort'])
  })

  it('too large is refused at once when it says so, else where it no longer fits', async () => {
    const files = uploads(1000)
    const { address } = await serve(files)
    await expect(
      upload(await openPeer(), address.port, 'a.log', pattern(9), { tsize: 1001 }),
    ).rejects.toThrow('error 3')
    await expect(upload(await openPeer(), address.port, 'a.log', pattern(1001))).rejects.toThrow('5 3')
    await upload(await openPeer(), address.port, 'b.log', pattern(1000), { tsize: 1000 })
    expect(files.events).toEqual(['abort', 'abort', 'commit', 'kept'])
    expect(files.kept.get('a.log')?.toString()).toBe('what was there before')
  })

  it('broken off leaves what was there', async () => {
    const files = uploads()
    const { address } = await serve(files)
    const peer = await openPeer()
    peer.send(wrq('a.log'), address.port)
    const { from } = await peer.next()
    peer.send(data(1, pattern(512)), from)
    await peer.next()
    peer.send(error(0), from)
    await expect.poll(() => files.events).toEqual(['abort'])
    expect(files.kept.get('a.log')?.toString()).toBe('what was there before')
  })

  it('under way does not keep others from reading the name', async () => {
    const { address } = await serve(uploads())
    const writer = await openPeer()
    writer.send(wrq('a.log'), address.port)
    await writer.next()
    expect((await download(await openPeer(), address.port, 'a.log')).toString()).toBe('what was there before')
  })

  it('in blocks larger than agreed on is refused', async () => {
    const files = uploads()
    const { address } = await serve(files)
    const peer = await openPeer()
    peer.send(wrq('a.log'), address.port)
    const { from } = await peer.next()
    peer.send(data(1, pattern(513)), from)
    expect(await peer.next()).toMatchObject({ opcode: 5, number: 4 })
    expect(files.events).toEqual(['abort'])
  })

  it('in netascii is kept as text, its pairs cut by block borders', async () => {
    const files = uploads()
    const { address } = await serve(files)
    const encoded = Buffer.from(`${'x'.repeat(7)}\r\n${'y'.repeat(6)}\r\0\r\nz`, 'latin1')
    await upload(
      await openPeer(),
      address.port,
      'a.log',
      encoded,
      { blksize: 8, tsize: encoded.length },
      'netascii',
    )
    expect(files.kept.get('a.log')?.toString()).toBe(`${'x'.repeat(7)}\n${'y'.repeat(6)}\r\nz`)
  })

  it('is told the options it asked for', async () => {
    const { address } = await serve(uploads())
    const peer = await openPeer()
    peer.send(wrq('a.log', { blksize: 1000, tsize: 77, other: 1 }), address.port)
    expect(oackWords(await peer.next())).toEqual(['blksize', '1000', 'tsize', '77'])
  })

  it('wraps block numbers from 65535 to 0', async () => {
    const files = uploads(1_000_000)
    const { address } = await serve(files)
    const body = pattern(8 * 65_540 + 3)
    await upload(await openPeer(), address.port, 'a.log', body, { blksize: 8, windowsize: 64 })
    expect(files.kept.get('a.log')?.equals(body)).toBe(true)
  })

  it('is asked for again over real time when its blocks do not come', async () => {
    const { address } = await serve(uploads())
    const peer = await openPeer()
    peer.send(wrq('a.log', { timeout: 1 }), address.port)
    const { opcode, from } = await peer.next()
    expect(await peer.next()).toMatchObject({ opcode, from })
    peer.send(data(1, pattern(3)), from)
    expect(await peer.next()).toMatchObject({ opcode: 4, number: 1 })
  })
})

describe('blocks of a window', () => {
  it('out of order are not kept: the peer is told once where to start again', async () => {
    const files = uploads()
    const { address } = await serve(files)
    const peer = await openPeer()
    const body = pattern(512 * 6 + 100)
    const block = (number: number): Buffer => data(number, body.subarray((number - 1) * 512, number * 512))
    peer.send(wrq('a.log', { windowsize: 4 }), address.port)
    const { from } = await peer.next()
    for (const number of [1, 3, 2, 4]) peer.send(block(number), from)
    expect(await peer.next()).toMatchObject({ opcode: 4, number: 1 })
    for (const number of [3, 4, 5]) peer.send(block(number), from)
    expect(await peer.next()).toMatchObject({ opcode: 4, number: 2 })
    for (const number of [3, 4, 5, 6]) peer.send(block(number), from)
    expect(await peer.next()).toMatchObject({ opcode: 4, number: 6 })
    peer.send(block(7), from)
    expect(await peer.next()).toMatchObject({ opcode: 4, number: 7 })
    expect(files.kept.get('a.log')?.equals(body)).toBe(true)
  })

  it('sent again because the acknowledgement was lost are acknowledged again, once', async () => {
    const files = uploads()
    const { address } = await serve(files)
    const peer = await openPeer()
    const body = pattern(512 * 2 + 7)
    const block = (number: number): Buffer => data(number, body.subarray((number - 1) * 512, number * 512))
    peer.send(wrq('a.log', { windowsize: 2 }), address.port)
    const { from } = await peer.next()
    for (const number of [1, 2, 1, 2, 3]) peer.send(block(number), from)
    expect([await peer.next(), await peer.next(), await peer.next()].map(({ number }) => number)).toEqual([
      2, 2, 3,
    ])
    expect(files.kept.get('a.log')?.equals(body)).toBe(true)
  })
})

it('a repeated write request is one upload, and a read request from its port ends it', async () => {
  const files = uploads()
  const { address } = await serve(files)
  const peer = await openPeer()
  for (let times = 0; times < 3; times++) peer.send(wrq('a.log'), address.port)
  await peer.next()
  peer.send(rrq('a.log'), address.port)
  const { opcode, from } = await peer.next()
  expect(opcode).toBe(3)
  peer.send(ack(1), from)
  expect(files.events).toEqual(['abort'])
  expect(peer.received).toHaveLength(2)
})
