import type { TftpSink } from './files.ts'
import { netasciiDecoder } from './netascii.ts'
import type { Terms } from './options.ts'
import { ackPacket, errorPacket, type Fault, OPCODE, oackPacket } from './packets.ts'
import { type Clock, patience } from './patience.ts'
import { sendPacket, type Wire } from './sockets.ts'
import type { Transfer } from './table.ts'

/** An upload that the sink has kept. */
export interface Kept {
  readonly lastBlock: number
  readonly bytes: number
}

export interface Writing {
  readonly name: string
  readonly wire: Wire
  readonly sink: TftpSink
  readonly terms: Terms
  readonly netascii: boolean
  readonly clock: Clock
  /** Called once: with the last block when the upload is kept, with the error when keeping it failed. */
  ended(kept?: Kept, error?: unknown): void
}

/** Takes one upload, block after block in order, and gives it to the sink as a whole or not at all. */
export function startWriting({ name, wire, sink, terms, netascii, clock, ended }: Writing): Transfer {
  const wait = patience(clock, terms.timeout)
  const decoder = netascii ? netasciiDecoder() : undefined
  const body = collector(sink.maxBytes)
  let next = 1
  let sinceAck = 0
  let gapTold = false
  let state: 'receiving' | 'committing' | 'over' = 'receiving'

  function acknowledge(): void {
    const opening = next === 1 && terms.granted.size > 0
    sendPacket(wire, opening ? oackPacket(terms.granted) : ackPacket(next - 1))
    sinceAck = 0
    wait.sent()
  }

  function end(kept?: Kept, error?: unknown): void {
    if (state === 'over') return
    state = 'over'
    ended(kept, error)
  }

  function abandon(fault?: Fault): void {
    if (fault !== undefined) sendPacket(wire, errorPacket(fault))
    sink.abort()
    end()
  }

  async function commit(): Promise<void> {
    state = 'committing'
    const whole = body.whole()
    try {
      await sink.commit(whole)
    } catch (error) {
      if (isCommitting()) sendPacket(wire, errorPacket('failed'))
      sink.abort()
      end(undefined, error)
      return
    }
    if (isCommitting()) acknowledge()
    end({ lastBlock: next - 1, bytes: whole.length })
  }
  const isCommitting = (): boolean => state === 'committing'

  function inOrder(bytes: Buffer): void {
    const isLast = bytes.length < terms.blockSize
    if (
      !body.add(decoder ? decoder.decode(bytes) : bytes) ||
      (isLast && decoder && !body.add(decoder.end()))
    ) {
      abandon('full')
      return
    }
    next++
    sinceAck++
    gapTold = false
    wait.heard()
    wait.sent()
    if (isLast) void commit()
    else if (sinceAck === terms.window) acknowledge()
  }

  function data(number: number, bytes: Buffer): void {
    const ahead = (number - next) & 0xffff
    if (bytes.length > terms.blockSize) {
      abandon('illegal')
    } else if (ahead === 0) {
      inOrder(bytes)
    } else if (ahead === 0xffff && next > 1 && sinceAck === 0) {
      acknowledge() // The last block of a window once more: our acknowledgement was lost.
    } else if (ahead < terms.window && !gapTold) {
      gapTold = true // The peer is told once where to start again; blocks out of order are never kept.
      acknowledge()
    }
  }

  acknowledge()
  return {
    receive(datagram) {
      if (state !== 'receiving' || datagram.length < 4) return
      const opcode = datagram.readUInt16BE(0)
      if (opcode === OPCODE.data) data(datagram.readUInt16BE(2), datagram.subarray(4))
      else if (opcode === OPCODE.error) abandon()
    },
    tick() {
      const due = state === 'receiving' ? wait.due() : 'wait'
      if (due === 'over') abandon()
      else if (due === 'again') acknowledge()
    },
    isRepeatedBy(request) {
      return request.kind === 'write' && request.name === name && next === 1
    },
    stop() {
      // A commit under way goes on; only nobody is told any more.
      if (state === 'receiving') abandon()
      else end()
    },
  }
}

interface Collector {
  /** Whether there was room. */
  add(bytes: Buffer): boolean
  whole(): Buffer
}

/** One buffer that doubles: a list of tiny blocks would take many times their bytes. */
function collector(maxBytes: number): Collector {
  let buffer = Buffer.alloc(0)
  let length = 0
  return {
    add(bytes) {
      const wanted = length + bytes.length
      if (wanted > maxBytes) return false
      if (wanted > buffer.length) {
        const larger = Buffer.allocUnsafeSlow(Math.min(maxBytes, Math.max(wanted, 2 * buffer.length, 4096)))
        buffer.copy(larger, 0, 0, length)
        buffer = larger
      }
      bytes.copy(buffer, length)
      length = wanted
      return true
    },
    whole: () => buffer.subarray(0, length),
  }
}
