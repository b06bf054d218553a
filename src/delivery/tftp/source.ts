import type { FileHandle } from 'node:fs/promises'
import { encodeNetascii } from './netascii.ts'

/** The bytes of one read, block by block. Blocks are counted from 1 and do not wrap. */
export interface Source {
  /** The block's bytes, fewer than a full block at the end; nothing while they are still being read. */
  block(number: number): Buffer | undefined
  /** Resolves when the next piece is there; rejects when it cannot be read. */
  ready(): Promise<void>
  close(): void
}

export function bodySource(body: Buffer, blockSize: number): Source {
  return {
    block: (number) => body.subarray((number - 1) * blockSize, number * blockSize),
    ready: () => Promise.resolve(),
    close: () => {},
  }
}

/** Reading a piece takes a thread's help, which costs as much as several packets. */
const PIECE = 64 * 1024

export interface FileShape {
  readonly size: number
  readonly blockSize: number
  readonly window: number
  readonly netascii: boolean
}

/**
 * A file read in pieces at least as large as a window. Held are the one being sent, the one after it, read ahead, and with
 * windows the one before it, from which the start of the window may be sent again.
 */
export function fileSource(handle: FileHandle, shape: FileShape): Source {
  const blocksInPiece = Math.max(shape.window, Math.ceil(PIECE / shape.blockSize))
  const places = shape.window > 1 ? 3 : 2
  const pieceSize = blocksInPiece * shape.blockSize
  const read = shape.netascii
    ? netasciiPieces(handle, shape.size, pieceSize)
    : pieces(handle, shape.size, pieceSize)
  const held: Buffer[] = []
  let count = 0
  let whole = false
  let reading: Promise<void> | undefined

  async function readPiece(): Promise<void> {
    const piece = await read(held[count % places])
    held[count % places] = piece
    whole = piece.length < pieceSize
    count++
    reading = undefined
  }
  function ready(): Promise<void> {
    reading ??= readPiece()
    return reading
  }
  return {
    block(number) {
      const index = Math.floor((number - 1) / blocksInPiece)
      const piece = index < count ? held[index % places] : undefined
      if (piece === undefined) return undefined
      // A failure while reading ahead is met when the piece is needed: `reading` stays, and rejects for that caller too.
      if (index === count - 1 && !whole && reading === undefined) ready().catch(() => {})
      const at = ((number - 1) % blocksInPiece) * shape.blockSize
      return piece.subarray(at, at + shape.blockSize)
    },
    ready,
    close() {
      // Node lets a read under way end before it closes the handle.
      handle.close().catch(() => {})
    },
  }
}

type ReadPiece = (spare: Buffer | undefined) => Promise<Buffer>

/** Pieces of a file of known size; the last one is shorter than the others, and may be empty. */
function pieces(handle: FileHandle, size: number, pieceSize: number): ReadPiece {
  let at = 0
  return async (spare) => {
    const length = Math.min(pieceSize, size - at)
    const buffer = spare ?? Buffer.allocUnsafeSlow(length)
    for (let filled = 0; filled < length; ) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, at + filled)
      // Ending early would hand a device half an image that looks whole.
      if (bytesRead === 0) throw new Error('the file became shorter while it was being sent')
      filled += bytesRead
    }
    at += length
    return buffer.subarray(0, length)
  }
}

/** Encoding makes pieces longer: what does not fit waits for the next one. */
function netasciiPieces(handle: FileHandle, size: number, pieceSize: number): ReadPiece {
  const raw = pieces(handle, size, pieceSize)
  let left: Buffer = Buffer.alloc(0)
  let ended = false
  return async () => {
    while (left.length < pieceSize && !ended) {
      const piece = await raw(undefined)
      ended = piece.length < pieceSize
      left = Buffer.concat([left, encodeNetascii(piece)])
    }
    const piece = left.subarray(0, pieceSize)
    left = left.subarray(pieceSize)
    return piece
  }
}
