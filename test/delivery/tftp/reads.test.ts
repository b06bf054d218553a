import { type FileHandle, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ReadOutcome, TftpFiles } from '../../../src/delivery/tftp/files.ts'
import { ack, closeAll, download, error, oackWords, openPeer, pattern, rrq, serve, shelf } from './peer.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-tftp-'))
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(closeAll)

/** Serves one file from disk, under any name, and tells how each read ended. */
function onDisk(path: string): TftpFiles & { ends: Promise<ReadOutcome>; handles: FileHandle[] } {
  const handles: FileHandle[] = []
  let ended: (outcome: ReadOutcome) => void
  const ends = new Promise<ReadOutcome>((resolve) => {
    ended = resolve
  })
  return {
    ends,
    handles,
    async read() {
      const file = await open(path)
      handles.push(file)
      return { file, size: (await file.stat()).size, done: (outcome) => ended(outcome) }
    },
  }
}

describe('a read', () => {
  it.each([0, 1, 511, 512, 513, 1024, 16_383, 16_384, 16_385, 49_152, 70_000])(
    'of %d bytes is the same from memory and from disk, in any window',
    async (length) => {
      const body = pattern(length)
      const path = join(folder, `${length}.bin`)
      await writeFile(path, body)
      const memory = (await serve(shelf({ a: body }))).address.port
      const disk = (await serve(onDisk(path))).address.port
      for (const options of [{}, { blksize: 1428 }, { windowsize: 7 }, { blksize: 1000, windowsize: 64 }]) {
        const peer = await openPeer()
        expect((await download(peer, memory, 'a', options)).equals(body)).toBe(true)
        expect((await download(peer, disk, 'a', options)).equals(body)).toBe(true)
      }
    },
  )

  it('ends with an empty block when the length is a whole number of blocks', async () => {
    const { address } = await serve(shelf({ a: pattern(1024) }))
    const peer = await openPeer()
    await download(peer, address.port, 'a')
    expect(peer.received.map(({ number, bytes }) => [number, bytes.length])).toEqual([
      [1, 512],
      [2, 512],
      [3, 0],
    ])
  })

  it('answers from a port of its own, never from the request port', async () => {
    const { address } = await serve(shelf({ a: pattern(10) }))
    const peer = await openPeer()
    await download(peer, address.port, 'a')
    peer.send(rrq('missing'), address.port)
    await peer.next()
    expect(peer.received.map(({ from }) => from)).not.toContain(address.port)
  })

  it('confirms just the options asked, and none at all when none was', async () => {
    const { address } = await serve(shelf({ a: pattern(3000) }))
    const asking = await openPeer()
    asking.send(rrq('a', { TSIZE: 0, nonsense: 1, blksize: 99_999, WindowSize: 4 }), address.port)
    const oack = await asking.next()
    expect(oack.opcode).toBe(6)
    expect(oackWords(oack)).toEqual(['tsize', '3000', 'windowsize', '4'])
    const plain = await openPeer()
    plain.send(rrq('a', { blksize: 4 }), address.port)
    expect(await plain.next()).toMatchObject({ opcode: 3, number: 1, bytes: { length: 512 } })
  })

  it('wraps block numbers from 65535 to 0', async () => {
    const body = pattern(8 * 65_540 + 3)
    const { address } = await serve(shelf({ a: body }))
    const peer = await openPeer()
    const got = await download(peer, address.port, 'a', { blksize: 8, windowsize: 64 })
    expect(got.equals(body)).toBe(true)
  })

  it('serves an image over 32 MB in blocks of 512', async () => {
    const body = pattern(512 * 65_600)
    const path = join(folder, 'image')
    await writeFile(path, body)
    const files = onDisk(path)
    const { address } = await serve(files)
    const got = await download(await openPeer(), address.port, 'image', { windowsize: 64 })
    expect(got.equals(body)).toBe(true)
    expect(await files.ends).toEqual({ bytes: body.length, complete: true })
  })
})

describe('netascii', () => {
  const text = Buffer.from('one\ntwo\rthree\r\n'.repeat(4000))
  const encoded = Buffer.from('one\r\ntwo\r\0three\r\0\r\n'.repeat(4000), 'latin1')

  it('is told its exact size from memory', async () => {
    const { address } = await serve(shelf({ a: text }))
    const peer = await openPeer()
    const got = await download(peer, address.port, 'a', { tsize: 0, windowsize: 5 }, 'netascii')
    expect(got.equals(encoded)).toBe(true)
    expect(oackWords(peer.received[0] ?? expect.fail())).toEqual([
      'tsize',
      String(encoded.length),
      'windowsize',
      '5',
    ])
  })

  it('is converted on the way from disk, where its size is not told', async () => {
    const path = join(folder, 'text')
    await writeFile(path, text)
    const { address } = await serve(onDisk(path))
    const peer = await openPeer()
    const got = await download(peer, address.port, 'a', { tsize: 0, blksize: 1000 }, 'NetASCII')
    expect(got.equals(encoded)).toBe(true)
    expect(oackWords(peer.received[0] ?? expect.fail())).toEqual(['blksize', '1000'])
  })

  it('is the only other mode: mail is refused', async () => {
    const { address } = await serve(shelf({ a: text }))
    const peer = await openPeer()
    peer.send(rrq('a', {}, 'mail'), address.port)
    expect(await peer.next()).toMatchObject({ opcode: 5, number: 4 })
  })
})

describe('the outcome of a read', () => {
  it('is told once, only after the last acknowledgement, and the handle is closed', async () => {
    const path = join(folder, 'two-blocks')
    await writeFile(path, pattern(700))
    const files = onDisk(path)
    let told = false
    files.ends.then(() => {
      told = true
    })
    const { address } = await serve(files)
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const { from } = await peer.next()
    peer.send(ack(1), from)
    await peer.next()
    expect(told).toBe(false)
    peer.send(ack(2), from)
    expect(await files.ends).toEqual({ bytes: 700, complete: true })
    expect(files.handles.map(({ fd }) => fd)).toEqual([-1])
  })

  it('is incomplete when the device has seen enough', async () => {
    const path = join(folder, 'long')
    await writeFile(path, pattern(100_000))
    const files = onDisk(path)
    const { address } = await serve(files)
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const { from } = await peer.next()
    peer.send(ack(1), from)
    await peer.next()
    peer.send(error(0), from)
    expect(await files.ends).toEqual({ bytes: 512, complete: false })
  })

  it('is incomplete, and the device told, when the file shrinks under way', async () => {
    const path = join(folder, 'shrinking')
    await writeFile(path, pattern(200_000))
    const files = onDisk(path)
    const { address } = await serve(files)
    const peer = await openPeer()
    peer.send(rrq('a'), address.port)
    const { from } = await peer.next()
    await truncate(path, 1000)
    await expect(
      (async () => {
        for (let block = 1; ; block++) {
          peer.send(ack(block), from)
          const { opcode, number } = await peer.next()
          if (opcode === 5) throw new Error(`error ${number} after block ${block}`)
        }
      })(),
    ).rejects.toThrow(/error 0 after block \d+/)
    expect((await files.ends).complete).toBe(false)
  })
})
