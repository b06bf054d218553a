import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, type Socket as Connection, createServer } from 'node:net'
import { onTestFinished } from 'vitest'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { createSipSender, type SipSender, type SipSenderOptions } from '../../../src/reboot/sip/sender.ts'
import type { Wake } from '../../../src/reboot/wake.ts'

const model = knownModel('yealink/t54w')

export const line = { user: '33483050173', password: 'Zq8-horse' }

/** A wake through a proxy on this machine. */
export function wakeAt(port: number, changes: Partial<Wake> = {}): Wake {
  return {
    mac: '805ec0112233',
    model,
    form: 'reboot',
    event: 'check-sync;reboot=true',
    users: [line.user, '33483050174'],
    sip: { domain: 'sip.example.net', proxy: '127.0.0.1', port, transport: 'udp' },
    credentials: line,
    reboot: { by: 'sip' },
    ...changes,
  }
}

function knownModel(id: string): Wake['model'] {
  const found = catalogue.find(id)
  if (!found) throw new Error(`the catalogue has no ${id}`)
  return found
}

/** A sender on a port of its own. */
export function senderFor(options: Partial<SipSenderOptions> = {}): SipSender {
  const sender = createSipSender({ listen: { host: '127.0.0.1', port: 0 }, ...options })
  onTestFinished(() => sender.close())
  return sender
}

export interface Heard {
  readonly text: string
  /** Its start line. */
  readonly start: string
  header(name: string): string | undefined
  /** An answer with the headers that every answer has. */
  answer(status: string, ...headers: string[]): string
  reply(text: string | Buffer): void
}

export function read(text: string, reply: (text: string | Buffer) => void): Heard {
  const [start = '', ...lines] = (text.split('\r\n\r\n')[0] ?? '').split('\r\n')
  const named = (name: string) =>
    lines.filter((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  return {
    text,
    start,
    header: (name) =>
      named(name)[0]
        ?.slice(name.length + 1)
        .trim(),
    answer(status, ...headers) {
      const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap(named)
      const tagged = copied.map((each) => (/^To:/i.test(each) ? `${each};tag=peer` : each))
      return [`SIP/2.0 ${status}`, ...tagged, ...headers, 'Content-Length: 0', '', ''].join('\r\n')
    },
    reply,
  }
}

export interface Peer {
  readonly port: number
  readonly socket: Socket
  readonly heard: Heard[]
}

/** A peer of ours over UDP that does what it is told with each request. */
export async function udpPeer(
  hear: (request: Heard, index: number) => void,
  host = '127.0.0.1',
  port = 0,
): Promise<Peer> {
  const socket = createSocket('udp4')
  const heard: Heard[] = []
  socket.on('message', (bytes, from) => {
    // Servers pass over what only keeps a way open.
    if (bytes.toString() === '\r\n\r\n') return
    const request = read(bytes.toString(), (text) => socket.send(text, from.port, from.address))
    heard.push(request)
    hear(request, heard.length - 1)
  })
  socket.bind(port, host)
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  return { port: socket.address().port, socket, heard }
}

export interface TcpPeer {
  readonly port: number
  readonly heard: Heard[]
  readonly connections: Connection[]
}

/** The same over TCP; requests come whole, one after the other. */
export async function tcpPeer(
  hear: (request: Heard, index: number, from: Connection) => void,
  host = '127.0.0.1',
  port = 0,
): Promise<TcpPeer> {
  const heard: Heard[] = []
  const connections: Connection[] = []
  const server = createServer((connection) => {
    connections.push(connection)
    connection.on('error', () => {})
    let waiting = ''
    connection.on('data', (piece) => {
      const parts = `${waiting}${piece}`.split('\r\n\r\n')
      waiting = parts.pop() ?? ''
      for (const part of parts) {
        const request = read(`${part}\r\n\r\n`, (text) => void connection.write(text))
        heard.push(request)
        hear(request, heard.length - 1, connection)
      }
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  onTestFinished(() => {
    for (const connection of connections) connection.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, heard, connections }
}

/** One where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
