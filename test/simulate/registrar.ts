import { createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Registrar {
  readonly port: number
  /** Who is registered, by user, and where. */
  readonly contacts: ReadonlyMap<string, { readonly address: string; readonly port: number }>
  /** Tells one that there is something new; gives the first line of its answer. */
  notify(user: string, event: string): Promise<string>
}

const realm = 'sip.example.net'
const nonce = 'n0nce'

/** A registrar that lets in whoever knows the password of a line, by digest. */
export async function registrar(passwordOf: (user: string) => string | undefined): Promise<Registrar> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => new Promise<void>((resolve) => socket.close(() => resolve())))
  const contacts = new Map<string, { address: string; port: number }>()
  const answers = new Map<string, (line: string) => void>()
  socket.on('message', (bytes, { address, port }) => {
    const text = bytes.toString()
    const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1]?.trim() ?? ''
    if (text.startsWith('SIP/2.0')) {
      answers.get(header('Call-ID'))?.(text.split('\r\n')[0] ?? '')
      return
    }
    const user = /sip:([^@]+)@/.exec(header('To'))?.[1] ?? ''
    const right = isRight(header('Authorization'), user, passwordOf(user))
    if (right && header('Expires') === '0') contacts.delete(user)
    else if (right) contacts.set(user, { address, port })
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(name)}`)
    const challenge = right
      ? []
      : [`WWW-Authenticate: Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"`]
    const first = right ? 'SIP/2.0 200 OK' : 'SIP/2.0 401 Unauthorized'
    socket.send(['SIP/2.0 100 Trying', ...copied, '', ''].join('\r\n'), port, address)
    socket.send([first, ...copied, ...challenge, 'Content-Length: 0', '', ''].join('\r\n'), port, address)
  })
  return {
    port: (socket.address() as AddressInfo).port,
    contacts,
    notify(user, event) {
      const at = contacts.get(user)
      if (!at) throw new Error(`${user} is not registered`)
      const callId = `call-${answers.size}`
      const answered = new Promise<string>((resolve) => answers.set(callId, resolve))
      const lines = [
        `NOTIFY sip:${user}@${at.address}:${at.port} SIP/2.0`,
        'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1',
        `From: <sip:${user}@${realm}>;tag=1`,
        `To: <sip:${user}@${realm}>`,
        `Call-ID: ${callId}`,
        'CSeq: 1 NOTIFY',
        `Event: ${event}`,
        'Subscription-State: terminated',
        'Content-Length: 0',
      ]
      socket.send(`${lines.join('\r\n')}\r\n\r\n`, at.port, at.address)
      return answered
    },
  }
}

/** RFC 2617, worked out anew. */
function isRight(authorization: string, user: string, password: string | undefined): boolean {
  const of = (name: string): string => new RegExp(`${name}="?([^",]*)`).exec(authorization)?.[1] ?? ''
  if (password === undefined || of('username') !== user || of('[^c]nonce') !== nonce) return false
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
  const own = md5(`${user}:${realm}:${password}`)
  return (
    of('response') === md5(`${own}:${nonce}:${of('nc')}:${of('cnonce')}:auth:${md5(`REGISTER:${of('uri')}`)}`)
  )
}
