import { createSocket, type Socket } from 'node:dgram'
import { onTestFinished } from 'vitest'
import type { ServiceLog } from '../../../src/delivery/log.ts'
import { type PnpOptions, type PnpResponder, startPnp } from '../../../src/delivery/zero-touch/pnp.ts'

/** A UDP socket on loopback that keeps what it hears until it is asked for. */
export interface Phone {
  readonly socket: Socket
  readonly port: number
  say(text: string | Buffer, port: number, address?: string): void
  /** The next message; the test's own time limit ends a vain wait. */
  hears(): Promise<Message>
}

export interface Message {
  readonly text: string
  readonly start: string
  readonly body: string
  readonly from: { readonly address: string; readonly port: number }
  header(name: string): string
}

export async function phone(host = '127.0.0.1'): Promise<Phone> {
  const socket = createSocket('udp4')
  await new Promise<void>((done) => socket.bind(0, host, done))
  onTestFinished(() => void socket.close())
  const unheard: Message[] = []
  const waiting: ((message: Message) => void)[] = []
  socket.on('message', (datagram, { address, port }) => {
    const message = read(datagram.toString(), { address, port })
    const next = waiting.shift()
    if (next) next(message)
    else unheard.push(message)
  })
  return {
    socket,
    port: socket.address().port,
    say: (text, port, address = '127.0.0.1') => socket.send(text, port, address),
    hears: () =>
      new Promise((heard) => {
        const message = unheard.shift()
        if (message) heard(message)
        else waiting.push(heard)
      }),
  }
}

function read(text: string, from: Message['from']): Message {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const [start = '', ...lines] = head.split('\r\n')
  const header = (name: string) =>
    lines
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
      .join(' | ')
  return { text, start, body, from, header }
}

/** What was logged, as one JSON line each. */
export interface KeptLog extends ServiceLog {
  readonly lines: readonly string[]
}

export function keptLog(): KeptLog {
  const lines: string[] = []
  const keep = (level: string) => (fields: object, text: string) =>
    void lines.push(JSON.stringify({ level, text, ...fields }))
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') }
}

/** A port for multicast that nothing else in the machine is likely to listen on. */
export async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done))
  const { port } = socket.address()
  await new Promise<void>((done) => socket.close(() => done()))
  return port
}

export async function responder(
  options: Partial<PnpOptions> = {},
): Promise<PnpResponder & { readonly log: KeptLog; readonly multicastPort: number }> {
  const log = keptLog()
  const multicastPort = await freePort()
  const started = await startPnp({
    listen: { interface: '127.0.0.1', port: multicastPort },
    url: () => 'https://prov.example.net:8443/',
    log,
    ...options,
  })
  onTestFinished(() => started.close())
  return { ...started, log, multicastPort }
}

const branch = 'z9hG4bK-1234'

/** As Yealink phones ask; `user` is the MAC in one of its writings. */
export function yealinkAsks(port: number, callId: string, user = 'MAC001565f4f9e1'): string {
  return [
    `SUBSCRIBE sip:${user}@224.0.1.75 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=${branch}`,
    `From: <sip:${user}@224.0.1.75>;tag=2183`,
    `To: <sip:${user}@224.0.1.75>`,
    `Call-ID: ${callId}`,
    'CSeq: 1 SUBSCRIBE',
    `Contact: <sip:${user}@127.0.0.1:${port}>`,
    'Max-Forwards: 70',
    'User-Agent: Yealink W52P 25.81.0.10',
    'Expires: 0',
    'Event: ua-profile;profile-type="device";vendor="yealink";model="W52P";version="25.81.0.10"',
    'Accept: application/url',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n')
}

/** As AudioCodes phones ask: without a MAC. */
export function audiocodesAsks(port: number, callId: string): string {
  return [
    'SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:${port};rport;branch=${branch}`,
    'From: <sip:00000001@127.0.0.1>;tag=1c1',
    'To: <sip:224.0.1.75:5060>',
    `Call-ID: ${callId}`,
    'CSeq: 1 SUBSCRIBE',
    `Contact: <sip:00000001@127.0.0.1:${port}>`,
    'Event: ua-profile;profile-type="application";model="440HD";version="2.2.2"',
    'Expires: 0',
    'Accept: application/url',
    'User-Agent: AUDC-IPPhone/2.2.2',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n')
}

/** The phone's "heard" to a NOTIFY. */
export function okFor(notify: Message, status = '200 OK'): string {
  const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${notify.header(name)}`)
  return [`SIP/2.0 ${status}`, ...copied, 'Content-Length: 0', '\r\n'].join('\r\n')
}
