import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { read, type Told } from '../service/asking.ts'

/** A connection that is kept, so that one worker answers all that is asked on it. */
export interface Held {
  ask(path: string, headers?: Readonly<Record<string, string>>): Promise<Told>
  /** Over TLS: the session, and whether it was taken up from another connection. */
  readonly session: Buffer | undefined
  readonly resumed: boolean
  close(): void
}

export interface Holding {
  readonly tls: boolean
  readonly from?: string | undefined
  readonly session?: Buffer
}

export async function hold(port: number, { tls, from, session }: Holding): Promise<Held> {
  const place = { host: '127.0.0.1', port, ...(from === undefined ? {} : { localAddress: from }) }
  // In TLS 1.2 the ticket is there with the handshake.
  const secure = { ...place, rejectUnauthorized: false, maxVersion: 'TLSv1.2' as const }
  const socket: Socket = tls ? connectTls({ ...secure, ...(session ? { session } : {}) }) : connect(place)
  await once(socket, tls ? 'secureConnect' : 'connect')
  // A worker that is killed takes its connections with it.
  socket.on('error', () => {})
  return {
    async ask(path, headers = {}) {
      const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      )
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
      return answerOn(socket)
    },
    session: tls ? (socket as TLSSocket).getSession() : undefined,
    resumed: tls && (socket as TLSSocket).isSessionReused(),
    close: () => socket.destroy(),
  }
}

function answerOn(socket: Socket): Promise<Told> {
  return new Promise((resolve, reject) => {
    let heard = Buffer.alloc(0)
    const over = (work: () => void): void => {
      socket.off('data', hear).off('close', cut)
      work()
    }
    const cut = (): void => over(() => reject(new Error('the connection was cut')))
    const hear = (piece: Buffer): void => {
      heard = Buffer.concat([heard, piece])
      if (!heard.includes('\r\n\r\n')) return
      const told = read(heard)
      if (told.body.length >= Number(told.headers['content-length'] ?? 0)) over(() => resolve(told))
    }
    socket.on('data', hear).on('close', cut)
  })
}

/** The header of a client that signs in by a digest, using a nonce of some challenge. */
export function signedIn(
  challenge: string,
  account: { readonly user: string; readonly password: string },
  uri: string,
  count: number,
): Readonly<Record<string, string>> {
  const part = (name: string): string => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? ''
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
  const [nonce, realm, nc, cnonce] = [part('nonce'), part('realm'), String(count).padStart(8, '0'), 'a1b2']
  const response = md5(
    [md5(`${account.user}:${realm}:${account.password}`), nonce, nc, cnonce, 'auth', md5(`GET:${uri}`)].join(
      ':',
    ),
  )
  const fields = { username: account.user, realm, nonce, uri, cnonce, response }
  const quoted = Object.entries(fields).map(([name, value]) => `${name}="${value}"`)
  return { Authorization: `Digest ${quoted.join(', ')}, nc=${nc}, qop=auth, algorithm=MD5` }
}
