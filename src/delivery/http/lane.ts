import type { Socket } from 'node:net'
import type { Answer, DeviceRequest, MemoryFile } from '../plane.ts'
import { type Connection, note } from './exchange.ts'
import type { Desk } from './handler.ts'
import { requestedName } from './name.ts'
import { PIECE } from './pieces.ts'
import { plainRefusal } from './plain.ts'
import { plainGet } from './plain-get.ts'
import { plainRequest } from './requests.ts'
import { sendWhole } from './whole.ts'
import { writtenHeaders } from './written.ts'

/**
 * Answers the plain requests of a connection, as nearly all of devices are, without Node's server, which takes longer
 * over one than all that is done here. With the first that is not plain, or whose answer is not there at once, the
 * connection goes to `toNode` for good, and what was already heard and answered goes along.
 */
export function keepInLane(desk: Desk, connection: Connection, toNode: (socket: Socket) => void): void {
  const { socket } = connection
  const keepAliveSeconds = Math.floor(desk.limits.keepAliveTime / 1000)

  function hear(heard: Buffer): void {
    const began = performance.now()
    const asked = hasTime(desk, connection, heard) ? plainRead(desk, connection, heard) : undefined
    const answer = asked && answerTo(desk, asked)
    if (answer === undefined || !('kind' in answer) || answer.kind === 'disk') leave(heard, answer)
    else if (answer.kind !== 'memory') sendWhole(socket, plainRefusal(answer), keepAliveSeconds, nothing)
    else if (answer.body.length > PIECE) leave(heard, answer)
    else give(answer, began)
  }

  function give(file: MemoryFile, began: number): void {
    const { head } = writtenHeaders(file)
    sendWhole(socket, { head, body: file.body }, keepAliveSeconds, (error) =>
      finish(connection, file, began, error),
    )
  }

  function leave(heard: Buffer, answer: Answer | Promise<Answer> | undefined): void {
    socket.off('data', hear).off('end', end).off('timeout', giveUp).off('error', nothing)
    socket.setTimeout(0)
    connection.answer = answer
    // Put back on a socket that flows, it would lie there until more comes.
    socket.pause()
    socket.unshift(heard)
    toNode(socket)
    socket.resume()
  }

  const end = (): unknown => socket.end()
  /** What is still being written has its own patience. */
  const giveUp = (): void => {
    if (socket.writableLength === 0) socket.destroy()
  }

  socket.setTimeout(desk.limits.keepAliveTime)
  socket.on('data', hear).on('end', end).on('timeout', giveUp).on('error', nothing)
}

/** Whoever has to be put off, or waits for an earlier answer, is Node's. */
function hasTime(
  { closing, limits, overload, connections }: Desk,
  { socket }: Connection,
  heard: Buffer,
): boolean {
  if (closing || heard.length > limits.headerBytes || socket.writableLength > 0) return false
  return !overload.late() && !connections.crowded()
}

function plainRead({ transport }: Desk, connection: Connection, heard: Buffer): DeviceRequest | undefined {
  const asked = plainGet(heard)
  if (asked === undefined) return undefined
  const name = requestedName(asked.target)
  return name === undefined ? undefined : plainRequest(connection, name, asked, transport)
}

/** Nothing when the plane failed: it is asked again where failing is told. */
function answerTo({ plane }: Desk, asked: DeviceRequest): Answer | Promise<Answer> | undefined {
  try {
    return plane.get(asked)
  } catch {
    return undefined
  }
}

function finish({ socket, told }: Connection, file: MemoryFile, began: number, error?: Error | null): void {
  // Node calls back without an error when a connection is destroyed while it still writes.
  const complete = !error && !socket.destroyed
  if (complete) told.delivered((performance.now() - began) / 1000)
  note(told, file, { status: 200, bytes: complete ? file.body.length : 0, complete })
}

const nothing = (): void => {}
