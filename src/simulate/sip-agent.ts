import { randomBytes } from 'node:crypto'
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { answerTo, challengeIn } from './sign-in.ts'
import type { UnderstoodLine } from './understood.ts'

/** The registrar that stands in for the one the files name, over UDP. */
export interface Registering {
  readonly host: string
  readonly port: number
  readonly localAddress?: string
}

export interface RegisteredLine {
  /** The registrar let it in. */
  readonly accepted: boolean
  /** Once somebody asked it to look for new files. */
  readonly told: Promise<void>
  hangUp(): Promise<void>
}

/** Seconds a registration lasts; a run that is longer registers again at its next start. */
const expires = 3600
/** How long an answer is waited for, sent again as the protocol has it. */
const [first, most] = [500, 8000]

/** All lines of one phone, each from a socket of its own. */
export function register(
  lines: readonly UnderstoodLine[],
  place: Registering,
): Promise<readonly RegisteredLine[]> {
  return Promise.all(lines.map((line) => registerLine(line, place)))
}

async function registerLine(line: UnderstoodLine, place: Registering): Promise<RegisteredLine> {
  const socket = createSocket(place.host.includes(':') ? 'udp6' : 'udp4')
  socket.bind(0, place.localAddress)
  await once(socket, 'listening')
  const answers = new Map<string, (message: string) => void>()
  let hear = (): void => {}
  const told = new Promise<void>((resolve) => {
    hear = resolve
  })
  socket.on('message', (bytes, from) => {
    const message = bytes.toString()
    const status = /^SIP\/2\.0 (\d{3})/.exec(message)?.[1]
    if (status !== undefined) {
      // That somebody is at it is no answer yet.
      if (!status.startsWith('1')) answers.get(header(message, 'CSeq'))?.(message)
      return
    }
    if (answerRequest(socket, message, from)) hear()
  })
  // The registrar's machine may say that nobody listens there; silence says the same.
  socket.on('error', () => {})
  const dialog = { callId: `${randomBytes(8).toString('hex')}@bootline`, tag: randomBytes(4).toString('hex') }
  let sequence = 0

  const ask = async (seconds: number, authorization: string, limit: number): Promise<string | undefined> => {
    const cseq = `${++sequence} REGISTER`
    const request = registration({ line, socket, dialog, cseq, seconds, authorization })
    const waiting = new Promise<string>((resolve) => answers.set(cseq, resolve))
    for (let pause = first; pause <= limit; pause *= 2) {
      socket.send(request, place.port, place.host)
      const answer = await within(waiting, pause)
      if (answer !== undefined) return answer
    }
    return undefined
  }
  const say = async (seconds: number, limit: number): Promise<boolean> => {
    let answer = await ask(seconds, '', limit)
    const proxy = /^SIP\/2\.0 407/.test(answer ?? '')
    if (answer !== undefined && (proxy || /^SIP\/2\.0 401/.test(answer))) {
      const challenge = challengeIn([header(answer, proxy ? 'Proxy-Authenticate' : 'WWW-Authenticate')])
      const account = { user: line.authUser, password: line.password }
      const name = proxy ? 'Proxy-Authorization' : 'Authorization'
      if (challenge) {
        const proof = answerTo(challenge, account, 'REGISTER', `sip:${line.domain}`, 1)
        answer = await ask(seconds, `${name}: ${proof}\r\n`, limit)
      }
    }
    return /^SIP\/2\.0 2/.test(answer ?? '')
  }
  const accepted = await say(expires, most)
  return {
    accepted,
    told,
    async hangUp() {
      // A registrar that is gone is not waited for: the registration ends by itself.
      if (accepted) await say(0, first)
      await new Promise<void>((resolve) => socket.close(() => resolve()))
    },
  }
}

interface Registration {
  readonly line: UnderstoodLine
  readonly socket: Socket
  readonly dialog: { readonly callId: string; readonly tag: string }
  readonly cseq: string
  readonly seconds: number
  readonly authorization: string
}

function registration({ line, socket, dialog, cseq, seconds, authorization }: Registration): string {
  const { address, port } = socket.address()
  const here = `${address === '0.0.0.0' ? '127.0.0.1' : address}:${port}`
  const whom = `<sip:${line.user}@${line.domain}>`
  return `${[
    `REGISTER sip:${line.domain} SIP/2.0`,
    `Via: SIP/2.0/UDP ${here};branch=z9hG4bK${randomBytes(6).toString('hex')};rport`,
    'Max-Forwards: 70',
    `From: ${whom};tag=${dialog.tag}`,
    `To: ${whom}`,
    `Call-ID: ${dialog.callId}`,
    `CSeq: ${cseq}`,
    `Contact: <sip:${line.user}@${here}>`,
    `Expires: ${seconds}`,
    'User-Agent: Bootline-Virtual-Phone',
  ].join('\r\n')}\r\n${authorization}Content-Length: 0\r\n\r\n`
}

/** Answers whatever is asked; says whether it was to look for new files. */
function answerRequest(socket: Socket, message: string, { address, port }: RemoteInfo): boolean {
  const method = /^[A-Z]+/.exec(message)?.[0] ?? ''
  if (method === '' || method === 'ACK') return false
  const event = header(message, 'Event')
  const sync = method === 'NOTIFY' && /^check-sync\b/i.test(event)
  const status =
    method === 'OPTIONS' || method === 'NOTIFY'
      ? sync || method === 'OPTIONS'
        ? '200 OK'
        : '489 Bad Event'
      : '405 Method Not Allowed'
  const copied = message.split('\r\n').filter((line) => /^(via|v|from|f|call-id|i|cseq)\s*:/i.test(line))
  const to = header(message, 'To')
  const lines = [
    `SIP/2.0 ${status}`,
    ...copied,
    `To: ${to}${/;tag=/i.test(to) ? '' : ';tag=virtual'}`,
    'Content-Length: 0',
  ]
  socket.send(`${lines.join('\r\n')}\r\n\r\n`, port, address)
  return sync
}

const short: Readonly<Record<string, string>> = { To: 't', From: 'f', 'Call-ID': 'i', Event: 'o' }

function header(message: string, name: string): string {
  const names = short[name] === undefined ? name : `(?:${name}|${short[name]})`
  return new RegExp(`^${names}[ \\t]*:[ \\t]*(.*)$`, 'im').exec(message)?.[1]?.trim() ?? ''
}

function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
