import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A place in front of others, as a load balancer or a network is: it can be cut, and leads past whoever is gone. */
export interface Gate {
  readonly port: number
  /** Nothing goes through any more, and what is on its way is lost. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** Leads each connection to the next of these ports in turn, and on to another where nobody answers. */
export async function startGate(ports: readonly number[]): Promise<Gate> {
  const open = new Set<Socket>()
  let isCut = false
  let turn = 0

  const server = createServer((from) => {
    keep(from)
    if (isCut) from.destroy()
    else lead(from, turn++, ports.length)
  })

  function lead(from: Socket, place: number, tries: number): void {
    const port = ports[place % ports.length] ?? 0
    const to = connect(port, '127.0.0.1')
    keep(to)
    let through = false
    to.once('connect', () => {
      through = true
      from.pipe(to).pipe(from)
    })
    to.once('close', () => {
      if (!through && tries > 1 && !isCut) lead(from, place + 1, tries - 1)
      else from.destroy()
    })
    from.once('close', () => to.destroy())
  }

  function keep(socket: Socket): void {
    open.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => open.delete(socket))
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    mend() {
      isCut = false
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
