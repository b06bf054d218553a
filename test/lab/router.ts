import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

export interface RouterWish {
  /** The UDP port of the server behind it. */
  readonly server: number
  /** The address that the server sees whoever is before the router at. */
  readonly address: string
  /** The router's address in the phone's network; absent: this machine's own. */
  readonly inside?: string
  /** How many copies of a datagram go on: none is a loss. */
  copies(datagram: string, to: 'server' | 'phone'): number
}

export interface Router {
  readonly port: number
  stop(): void
}

/** A router with address translation, as between a phone and its server: it can lose and double what goes through. */
export async function startRouter({
  server,
  address,
  inside: near = '127.0.0.1',
  copies,
}: RouterWish): Promise<Router> {
  const inside = createSocket('udp4')
  const outside = new Map<string, Socket>()
  const outsideOf = async (host: string, port: number): Promise<Socket> => {
    const key = `${host}:${port}`
    const known = outside.get(key)
    if (known) return known
    const socket = createSocket('udp4')
    outside.set(key, socket)
    socket.on('message', (bytes) => {
      for (let i = copies(bytes.toString('latin1'), 'phone'); i > 0; i--) inside.send(bytes, port, host)
    })
    // A server that is not there is a loss like others.
    socket.on('error', () => {})
    socket.bind(0, address)
    await once(socket, 'listening')
    return socket
  }
  inside.on('message', async (bytes, { address: host, port }) => {
    const socket = await outsideOf(host, port)
    for (let i = copies(bytes.toString('latin1'), 'server'); i > 0; i--)
      socket.send(bytes, server, '127.0.0.1')
  })
  inside.bind(0, near)
  await once(inside, 'listening')
  return {
    port: inside.address().port,
    stop() {
      inside.close()
      for (const socket of outside.values()) socket.close()
    },
  }
}
