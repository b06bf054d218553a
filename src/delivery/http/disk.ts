import { type FileHandle, open } from 'node:fs/promises'
import type { DiskFile } from '../plane.ts'
import { type Exchange, settle } from './exchange.ts'
import { PIECE, sendPiece } from './pieces.ts'
import { BUSY, NOT_FOUND } from './plain.ts'
import type { Span } from './ranges.ts'
import { refuse } from './refuse.ts'

/** Sends a part of a file, reading on only when the connection has taken what was read. */
export async function sendFromDisk(
  exchange: Exchange,
  file: DiskFile,
  span: Span,
  sendHeaders: () => void,
): Promise<void> {
  const opened = await openWhole(exchange, file)
  if (opened === undefined) return
  try {
    sendHeaders()
    await sendSpan(exchange, opened, span)
    if (!exchange.over) exchange.response.end()
  } finally {
    await opened.close()
  }
}

/** The file, if it is still what the plane said of it; otherwise the device is told to do without or to come again. */
async function openWhole(exchange: Exchange, { path, size }: DiskFile): Promise<FileHandle | undefined> {
  const { log } = exchange.connection.told
  let opened: FileHandle | undefined
  try {
    opened = await open(path, 'r')
    const found = await opened.stat()
    if (found.isFile() && found.size === size && !exchange.over) return opened
    if (!exchange.over) log.warn({ path }, 'a file has changed since it was listed')
  } catch (error) {
    log.warn({ err: error, path }, 'a file cannot be read')
    if (isMissing(error)) {
      settle(exchange, false)
      refuse(exchange, NOT_FOUND)
      return undefined
    }
  }
  await opened?.close()
  settle(exchange, false)
  refuse(exchange, BUSY)
  return undefined
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function sendSpan(exchange: Exchange, opened: FileHandle, { from, to }: Span): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(PIECE, to - from))
  for (let at = from; at < to && !exchange.over; ) {
    const { bytesRead } = await opened.read(buffer, 0, Math.min(buffer.length, to - at), at)
    // Ending early would hand a device half an image that looks whole.
    if (bytesRead === 0) throw new Error('a file became shorter while it was being sent')
    await sendPiece(exchange, buffer.subarray(0, bytesRead))
    at += bytesRead
  }
}
