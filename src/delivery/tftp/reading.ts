import type { ReadOutcome } from './files.ts'
import type { Terms } from './options.ts'
import { errorPacket, OPCODE, oackPacket } from './packets.ts'
import { type Clock, patience, TICKS_PER_SECOND } from './patience.ts'
import { sendData, sendPacket, type Wire } from './sockets.ts'
import type { Source } from './source.ts'
import type { Transfer } from './table.ts'

export interface Reading {
  readonly name: string
  readonly wire: Wire
  readonly source: Source
  readonly terms: Terms
  readonly clock: Clock
  /** Called once. The error, if any, is the server's own: the file could not be read. */
  ended(outcome: ReadOutcome, error?: unknown): void
}

/** Sends one file, a window at a time, and starts at once. Block numbers are whole here and wrap only on the wire. */
export function startReading({ name, wire, source, terms, clock, ended }: Reading): Transfer {
  const wait = patience(clock, terms.timeout)
  /** The last block acknowledged in order; -1 while the OACK is not. */
  let acked = terms.granted.size > 0 ? -1 : 0
  let next = 1
  let highestSent = 0
  let last: { readonly number: number; readonly length: number } | undefined
  let loading = false
  let over = false
  let heardAt: number | undefined

  function end(complete: boolean, error?: unknown): void {
    if (over) return
    over = true
    source.close()
    const beforeLast = Math.max(0, complete ? acked - 1 : acked) * terms.blockSize
    ended({ bytes: beforeLast + (complete ? (last?.length ?? 0) : 0), complete }, error)
  }

  /** Sends what the window has room for, and goes on by itself when a piece of the file has to be read first. */
  function sendOn(): void {
    wait.sent()
    while (next <= acked + terms.window && next <= (last?.number ?? next)) {
      const bytes = source.block(next)
      if (bytes === undefined) {
        load()
        return
      }
      sendData(wire, next, bytes)
      if (bytes.length < terms.blockSize) last = { number: next, length: bytes.length }
      highestSent = Math.max(highestSent, next)
      next++
    }
  }

  function load(): void {
    if (loading) return
    loading = true
    source.ready().then(
      () => {
        loading = false
        if (!over) sendOn()
      },
      (error: unknown) => {
        if (over) return
        sendPacket(wire, errorPacket('failed'))
        end(false, error)
      },
    )
  }

  function sendAgain(): void {
    if (acked === -1) {
      sendPacket(wire, oackPacket(terms.granted))
    } else {
      next = acked + 1
      sendOn()
    }
  }

  function acknowledged(number: number): void {
    // How far on the acknowledgement is from the last one. Zero is a duplicate: sending again on it would double every
    // packet from here on (the sorcerer's apprentice). What was not sent yet cannot be acknowledged.
    const steps = (number - acked) & 0xffff
    const opening = acked === -1
    if (steps === 0 || steps > (opening ? 1 : highestSent - acked)) return
    acked += steps
    heardAt = clock.now
    wait.heard()
    // Short of what was sent, something of the window was lost: it starts again after the block acknowledged.
    if (acked === last?.number) end(true)
    else sendAgain()
  }

  sendAgain()
  return {
    receive(datagram) {
      if (over || datagram.length < 4) return
      const opcode = datagram.readUInt16BE(0)
      if (opcode === OPCODE.ack) acknowledged(datagram.readUInt16BE(2))
      // A device that has seen enough of an image says so, and nothing is to be answered.
      else if (opcode === OPCODE.error) end(false)
    },
    tick() {
      const due = over ? 'wait' : wait.due()
      if (due === 'over') end(false)
      else if (due === 'again') sendAgain()
    },
    isRepeatedBy(request) {
      // A peer that has acknowledged something knows it was heard: only just after may its repetition still arrive.
      const justHeard = heardAt === undefined || clock.now - heardAt < TICKS_PER_SECOND
      return request.kind === 'read' && request.name === name && acked <= 1 && justHeard
    },
    stop: () => end(false),
  }
}
