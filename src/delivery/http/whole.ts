import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { httpDate } from './dates.ts'

/** A larger body is not copied to stand behind its head: a client that takes it slowly would hold the copy. */
const COPIED = 16 * 1024

/** Where an answer is put together. It serves for the next one as soon as the kernel has taken this one. */
let room = Buffer.allocUnsafeSlow(COPIED)

/**
 * Sends an answer that is whole on a connection that stays open: at once, where Node would make a list of strings and
 * buffers of it. `done` is told when it is over, with an error when it did not get out.
 */
export function sendWhole(
  socket: Socket,
  { head, body }: { readonly head: Buffer; readonly body: Buffer },
  keepAliveSeconds: number,
  done: (error?: Error | null) => void,
): void {
  const tail = tailOf(keepAliveSeconds)
  const length = head.length + tail.length + body.length
  if (length > COPIED) {
    socket.cork()
    socket.write(Buffer.concat([head, tail]))
    socket.write(body, done)
    socket.uncork()
    return
  }
  room.set(head)
  room.set(tail, head.length)
  room.set(body, head.length + tail.length)
  socket.write(room.subarray(0, length), done)
  if (socket.writableLength > 0) room = Buffer.allocUnsafeSlow(COPIED)
}

/** The beginning of a head: what it ends with depends on when it is sent. */
export function headOf(status: number, headers: readonly string[]): Buffer {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`]
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}\r\n`)
  return Buffer.from(lines.join(''), 'latin1')
}

/** What every answer ends its head with: it changes with the clock only. */
let last = { second: 0, keepAliveSeconds: 0, tail: Buffer.alloc(0) }

function tailOf(keepAliveSeconds: number): Buffer {
  const second = Math.floor(Date.now() / 1000)
  if (last.second !== second || last.keepAliveSeconds !== keepAliveSeconds) {
    const kept = `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}`
    const tail = Buffer.from(`Date: ${httpDate(second * 1000)}\r\n${kept}\r\n\r\n`)
    last = { second, keepAliveSeconds, tail }
  }
  return last.tail
}
