import type { RemoteInfo, Socket } from 'node:dgram'
import { forgetOldest, type Gate } from './limits.ts'
import { ackPacket, OPCODE, type Request } from './packets.ts'
import { type Clock, TICKS_PER_SECOND } from './patience.ts'
import { sendPacket, type Wire } from './sockets.ts'

/** One transfer under way, as the table drives it. */
export interface Transfer {
  /** A datagram from its peer, to its own socket. */
  receive(datagram: Buffer): void
  tick(): void
  /** The request is the one it answers, sent once more, and not the peer's next one. */
  isRepeatedBy(request: Request): boolean
  /** Ends it quietly: the peer has begun anew, or the server closes. */
  stop(): void
}

export interface Place {
  readonly key: string
  readonly wire: Wire
  /** The peer's address as counted against the limits. */
  readonly address: string
  transfer: Transfer
}

interface Past {
  readonly socket: Socket
  readonly until: number
  /** The last block of an upload: its acknowledgement may be lost, and is then asked for by sending the block again. */
  readonly lastBlock: number | undefined
}

const REMEMBERED_SECONDS = 5
const REMEMBERED = 4096

/**
 * The transfers by peer. A peer's address and port have one transfer at a time. One that has ended is remembered for some
 * seconds: what of it arrives late must not be answered with an error that the peer could take for its next transfer's.
 */
export interface Table {
  find(key: string): Place | undefined
  /** The socket of the peer's transfer that has just ended. */
  formerSocket(key: string): Socket | undefined
  add(place: Place): void
  /** Gives the place back. The same place may be ended again without effect. */
  end(place: Place, lastBlock?: number): void
  receiveLate(key: string, wire: Wire, datagram: Buffer): boolean
  tick(): void
  stopAll(): void
  /** Resolves when no transfer runs. */
  empty(): Promise<void>
}

export function peerKey(peer: RemoteInfo): string {
  return `${peer.address} ${peer.port}`
}

export function transferTable(gate: Gate, clock: Clock): Table {
  const places = new Map<string, Place>()
  const pasts = new Map<string, Past>()
  let emptied: (() => void) | undefined

  return {
    find: (key) => places.get(key),
    formerSocket: (key) => pasts.get(key)?.socket,
    add(place) {
      places.set(place.key, place)
    },
    end(place, lastBlock) {
      if (places.get(place.key) !== place) return
      places.delete(place.key)
      gate.leave(place.address)
      pasts.delete(place.key) // So that it is inserted anew, as the youngest.
      if (pasts.size >= REMEMBERED) forgetOldest(pasts)
      pasts.set(place.key, {
        socket: place.wire.socket,
        until: clock.now + REMEMBERED_SECONDS * TICKS_PER_SECOND,
        lastBlock,
      })
      if (places.size === 0) emptied?.()
    },
    receiveLate(key, wire, datagram) {
      const past = pasts.get(key)
      if (past === undefined || past.socket !== wire.socket) return false
      const { lastBlock } = past
      if (lastBlock !== undefined && isData(datagram, lastBlock)) sendPacket(wire, ackPacket(lastBlock))
      return true
    },
    tick() {
      for (const place of places.values()) place.transfer.tick()
      for (const [key, past] of pasts) {
        if (past.until > clock.now) break // The others are younger.
        pasts.delete(key)
      }
    },
    stopAll() {
      for (const place of [...places.values()]) place.transfer.stop()
    },
    empty() {
      if (places.size === 0) return Promise.resolve()
      return new Promise((resolve) => {
        emptied = resolve
      })
    },
  }
}

function isData(datagram: Buffer, block: number): boolean {
  return (
    datagram.length >= 4 &&
    datagram.readUInt16BE(0) === OPCODE.data &&
    datagram.readUInt16BE(2) === (block & 0xffff)
  )
}
