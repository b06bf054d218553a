import type { Socket } from 'node:net'
import { inPieces, type Peer, startPeer } from '../management/peer.ts'

export interface Esl {
  readonly password: string
  /** Accounts made for it: `user@domain` and password. */
  readonly accounts?: Readonly<Record<string, string>>
  readonly piece?: number
  /** Turned away by the access list. */
  readonly shut?: boolean
  /** Takes no events. */
  readonly error?: string
}

export interface Sent {
  readonly profile: string
  readonly user: string
  readonly host: string
  readonly event: string
}

export interface EslPeer extends Peer {
  /** What would have gone out as NOTIFY: nothing, without a word, when a header is missing. */
  readonly sent: readonly Sent[]
  readonly commands: readonly string[]
}

/** FreeSWITCH's event socket as far as it is used. */
export async function startEsl(esl: Esl): Promise<EslPeer> {
  const sent: Sent[] = []
  const commands: string[] = []
  const peer = await startPeer((socket) => serve(esl, socket, sent, commands))
  return { ...peer, sent, commands }
}

function serve(esl: Esl, socket: Socket, sent: Sent[], commands: string[]): void {
  const { say, end: leave } = inPieces(socket, esl.piece ?? 1000)
  const reply = (text: string): void => say(`Content-Type: command/reply\nReply-Text: ${text}\n\n`)
  let admitted = false
  let rest = ''
  const take = (lines: readonly string[]): void => {
    const [command = '', ...headers] = lines
    commands.push(command)
    if (/^(user)?auth /.test(command)) {
      const [, account = '', password] = /^userauth ([^:]+):(.*)$/.exec(command) ?? []
      const own = password !== undefined && esl.accounts?.[account] === password
      admitted = own || command === `auth ${esl.password}`
      const rights = own ? '\nAllowed-Events: NOTIFY\nAllowed-API: version\nAllowed-LOG: false' : ''
      reply(admitted ? `+OK accepted${rights}` : '-ERR invalid')
      if (admitted) return
      const farewell = 'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n'
      say(`Content-Type: text/disconnect-notice\nContent-Length: ${farewell.length}\n\n${farewell}`)
      leave()
    } else if (!admitted || command !== 'sendevent NOTIFY') {
      reply('-ERR command not found')
    } else if (esl.error !== undefined) {
      reply(esl.error)
    } else {
      const given = new Map(headers.map((line) => line.split(/: (.*)/s, 2) as [string, string]))
      const [profile, user, host] = [given.get('profile'), given.get('user'), given.get('host')]
      const [event, type] = [given.get('event-string'), given.get('content-type')]
      if (profile && user && host && event && type) sent.push({ profile, user, host, event })
      reply('+OK 8d3a1e0c-5a3c-4c65-9d3f-0f7a3bf6f5c1')
    }
  }
  if (esl.shut) {
    say('Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n')
    leave()
    return
  }
  say('Content-Type: auth/request\n\n')
  socket.on('data', (chunk: string) => {
    rest += chunk
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      take(rest.slice(0, end).split('\n'))
      rest = rest.slice(end + 2)
    }
  })
}
