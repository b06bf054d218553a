import type { RemoteInfo, Socket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import type { Desk } from './desk.ts'
import type { TftpFiles, TftpLog } from './files.ts'
import { DEFAULT_LIMITS, gate, type TftpLimits } from './limits.ts'
import { errorPacket, OPCODE } from './packets.ts'
import { type Clock, TICKS_PER_SECOND } from './patience.ts'
import { hearRequest } from './requests.ts'
import { isAnswerable, type Listen, openSockets, plainAddress, sendPacket } from './sockets.ts'
import { peerKey, transferTable } from './table.ts'

export interface TftpOptions {
  /** One address, IPv4 or IPv6. Port 0 takes a free one. */
  readonly listen: Listen
  readonly files: TftpFiles
  readonly log?: TftpLog
  readonly limits?: Partial<TftpLimits>
}

export interface TftpServer {
  readonly address: AddressInfo
  /** Hears no more requests, lets what runs end for a short while, then ends it. */
  close(): Promise<void>
}

/** How often the limits tell, at most, that they turned requests away. */
const SECONDS_BETWEEN_WARNINGS = 10

export async function startTftp(options: TftpOptions): Promise<TftpServer> {
  const { files, log } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const sockets = await openSockets(options.listen)
  const clock: Clock = { now: 0 }
  const doors = gate(limits, clock)
  const table = transferTable(doors, clock)
  let unheard = 0
  const desk: Desk = { files, log, sockets, table, gate: doors, clock, turnedAway: () => unheard++ }

  let closing: Promise<void> | undefined
  sockets.requests.on('message', (datagram, from) => {
    if (closing === undefined) hearRequest(desk, datagram, from)
  })
  for (const socket of sockets.transfers) {
    socket.on('message', (datagram, from) => hearTransfer(desk, socket, datagram, from))
  }
  for (const socket of [sockets.requests, ...sockets.transfers]) {
    socket.on('error', (error) => log?.error({ err: error }, 'a TFTP socket failed'))
  }

  const ticker = setInterval(() => {
    clock.now++
    table.tick()
    if (clock.now % (SECONDS_BETWEEN_WARNINGS * TICKS_PER_SECOND) !== 0) return
    doors.sweep()
    if (unheard > 0) log?.warn({ requests: unheard }, 'TFTP requests were left unheard: a limit is reached')
    unheard = 0
  }, 1000 / TICKS_PER_SECOND)

  async function close(): Promise<void> {
    let grace: NodeJS.Timeout | undefined
    const patienceEnds = new Promise<void>((resolve) => {
      grace = setTimeout(resolve, limits.closeGraceSeconds * 1000)
    })
    await Promise.race([table.empty(), patienceEnds])
    clearTimeout(grace)
    clearInterval(ticker)
    table.stopAll()
    await sockets.close()
  }
  return {
    address: sockets.requests.address(),
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** Hears one datagram on a transfer socket: of its own peer, of one whose transfer has just ended, or of a stranger. */
function hearTransfer(desk: Desk, socket: Socket, datagram: Buffer, from: RemoteInfo): void {
  const key = peerKey(from)
  const place = desk.table.find(key)
  if (place !== undefined && place.wire.socket === socket) {
    place.transfer.receive(datagram)
    return
  }
  if (!isAnswerable(from)) return
  const wire = { socket, address: from.address, port: from.port }
  if (desk.table.receiveLate(key, wire, datagram)) return
  // An ERROR is never answered, nor is what is no packet; the transfer that runs here is not touched either way.
  if (datagram.length < 4 || datagram.readUInt16BE(0) === OPCODE.error) return
  if (desk.gate.hear(plainAddress(from.address))) sendPacket(wire, errorPacket('stranger'))
}
