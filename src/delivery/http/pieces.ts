import type { Exchange } from './exchange.ts'

/** Large enough that a fast network waits for no reads, small enough for hundreds of downloads at once. */
export const PIECE = 128 * 1024

/** Resolves when the connection has taken the piece, so that its memory can be used again, or is gone. */
export function sendPiece(exchange: Exchange, piece: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (exchange.over) return resolve()
    exchange.onCut = resolve
    exchange.response.write(piece, () => {
      if (exchange.delivery !== undefined && !exchange.over) exchange.delivery.bytes += piece.length
      resolve()
    })
  })
}

/** A large body goes piece by piece too: a slow network that takes some of it is told from one that takes nothing. */
export async function sendLarge(exchange: Exchange, body: Buffer): Promise<void> {
  for (let at = 0; at < body.length && !exchange.over; at += PIECE) {
    await sendPiece(exchange, body.subarray(at, at + PIECE))
  }
  if (!exchange.over) exchange.response.end()
}
