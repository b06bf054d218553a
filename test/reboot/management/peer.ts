import { EventEmitter, once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface Peer {
  readonly port: number
  /** All bytes that anybody sent, as text. */
  readonly heard: () => string
  readonly connections: () => number
  /** `connection` with each socket, `left` when one has gone, and whatever a protocol emits. */
  readonly events: EventEmitter
  /** Ends every connection, and waits until they are gone. */
  drop(): Promise<void>
  close(): Promise<void>
}

/** A TCP server of its own for a test; what it says is up to `talk`. */
export async function startPeer(talk: (socket: Socket, events: EventEmitter) => void): Promise<Peer> {
  const events = new EventEmitter()
  const sockets = new Set<Socket>()
  let heard = ''
  let connections = 0
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections += 1
    sockets.add(socket)
    socket.setEncoding('latin1').setNoDelay(true)
    socket.on('data', (chunk: string) => {
      heard += chunk
      events.emit('data')
    })
    socket.on('end', () => socket.end())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      events.emit('left')
    })
    talk(socket, events)
    events.emit('connection', socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const drop = async (): Promise<void> => {
    await Promise.all(
      [...sockets].map((socket) => {
        const gone = once(socket, 'close')
        socket.destroy()
        return gone
      }),
    )
  }
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => heard,
    connections: () => connections,
    events,
    drop,
    close: async () => {
      await drop()
      await new Promise((done) => server.close(done))
    },
  }
}

export interface Mouth {
  readonly say: (text: string) => void
  /** Ends the connection once everything is said. */
  readonly end: () => void
}

/** Sends texts in pieces of so many bytes, each in a packet of its own. */
export function inPieces(socket: Socket, size: number): Mouth {
  let queue = Promise.resolve()
  return {
    say: (text) => {
      for (let at = 0; at < text.length; at += size) {
        const piece = text.slice(at, at + size)
        queue = queue.then(() => written(socket, piece))
      }
    },
    end: () => {
      queue = queue.then(() => void socket.end())
    },
  }
}

function written(socket: Socket, piece: string): Promise<void> {
  return new Promise((sent) => {
    if (!socket.writable) sent()
    else socket.write(piece, 'latin1', () => setImmediate(sent))
  })
}
