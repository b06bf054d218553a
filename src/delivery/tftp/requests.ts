import type { RemoteInfo } from 'node:dgram'
import type { Desk } from './desk.ts'
import type { TftpPeer } from './files.ts'
import { cleanName } from './names.ts'
import { openTransfer } from './opening.ts'
import { errorPacket, parseRequest, type Request } from './packets.ts'
import { isAnswerable, plainAddress, sendPacket, type Wire } from './sockets.ts'
import { type Place, peerKey, type Table } from './table.ts'

/** Hears one datagram on the request port. */
export function hearRequest(desk: Desk, datagram: Buffer, from: RemoteInfo): void {
  if (!isAnswerable(from)) return
  const request = parseRequest(datagram)
  if (request === undefined) return
  const key = peerKey(from)
  const running = desk.table.find(key)
  if (running !== undefined && typeof request === 'object' && running.transfer.isRepeatedBy(request)) return
  const peer: TftpPeer = { address: plainAddress(from.address), port: from.port }
  // Silence makes a device ask again a little later, where an error would make it go on without its configuration.
  if (!desk.gate.hear(peer.address)) {
    desk.turnedAway()
    return
  }
  // The peer has begun anew. It gets another transfer ID, so that what is still under way is told apart.
  running?.transfer.stop()
  const socket = desk.sockets.next(running?.wire.socket ?? desk.table.formerSocket(key))
  const wire: Wire = { socket, address: from.address, port: from.port }
  if (typeof request === 'string') sendPacket(wire, errorPacket(request))
  else admit(desk, request, key, wire, peer)
}

function admit(desk: Desk, request: Request, key: string, wire: Wire, peer: TftpPeer): void {
  const name = cleanName(request.name)
  if (name === undefined) {
    sendPacket(wire, errorPacket('not-found'))
  } else if (request.kind === 'write' && desk.files.write === undefined) {
    sendPacket(wire, errorPacket('access'))
  } else if (!desk.gate.enter(peer.address)) {
    desk.turnedAway()
  } else {
    const place = waitingPlace(desk.table, { key, wire, address: peer.address }, request)
    desk.table.add(place)
    openTransfer({ desk, place, request, name, peer })
  }
}

/** Holds the peer's place until it is known what the request gets. */
function waitingPlace(table: Table, at: Omit<Place, 'transfer'>, request: Request): Place {
  const place: Place = {
    ...at,
    transfer: {
      receive: () => {},
      tick: () => {},
      isRepeatedBy: (other) => other.kind === request.kind && other.name === request.name,
      stop: () => table.end(place),
    },
  }
  return place
}
