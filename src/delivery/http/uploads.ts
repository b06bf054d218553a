import type { Upload } from '../plane.ts'
import type { Exchange } from './exchange.ts'
import { BUSY, type Plain, STORED, sendPlain, TOO_LARGE } from './plain.ts'
import { refuse } from './refuse.ts'

/** What all uploads that are arriving hold together, bounded. */
export interface UploadRoom {
  left: number
}

/**
 * Takes an upload's body and commits it when it is whole. One that is too large, or for which there is no room, is
 * refused as soon as that is known; one that is cut off is as if it had never begun.
 */
export async function takeUpload(exchange: Exchange, upload: Upload, room: UploadRoom): Promise<void> {
  const { request, response } = exchange
  if (exchange.over || Number(request.headers['content-length'] ?? 0) > upload.maxBytes) {
    upload.abort()
    return refuse(exchange, TOO_LARGE)
  }
  if (exchange.expectsContinue) response.writeContinue()
  const body = await receive(exchange, upload.maxBytes, room)
  if (!Buffer.isBuffer(body)) {
    upload.abort()
    return body === 'cut' ? undefined : refuse(exchange, body)
  }
  try {
    await upload.commit(body)
  } catch (error) {
    upload.abort()
    throw error
  }
  sendPlain(exchange, STORED)
}

function receive(exchange: Exchange, maxBytes: number, room: UploadRoom): Promise<Buffer | Plain | 'cut'> {
  const { request } = exchange
  const pieces: Buffer[] = []
  let length = 0
  return new Promise((resolve) => {
    const take = (piece: Buffer): void => {
      length += piece.length
      room.left -= piece.length
      pieces.push(piece)
      if (length > maxBytes) stop(TOO_LARGE)
      else if (room.left < 0) stop(BUSY)
    }
    const whole = (): void => stop(Buffer.concat(pieces, length))
    const cut = (): void => stop('cut')
    const stop = (end: Buffer | Plain | 'cut'): void => {
      request.off('data', take).off('end', whole).off('close', cut)
      room.left += length
      resolve(end)
    }
    request.on('data', take).on('end', whole).on('close', cut)
  })
}
