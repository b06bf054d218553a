import { createHash } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { inPieces, type Peer, startPeer } from '../management/peer.ts'

export interface Ami {
  readonly users: Readonly<Record<string, { readonly secret: string; readonly write: boolean }>>
  readonly endpoints: ReadonlySet<string>
  /** The size of the packets it answers in. */
  readonly piece?: number
  /** Has no module for NOTIFY. */
  readonly bare?: boolean
  /** Keeps its answers to PJSIPNotify until so many are there, then gives them last first. */
  readonly hold?: number
}

export interface Notify {
  readonly endpoint: string
  readonly event: string
}

export interface AmiPeer extends Peer {
  readonly notified: readonly Notify[]
  readonly faults: readonly string[]
}

/** Asterisk's manager interface as far as it is used, reading every line as strictly as it can be read. */
export async function startAmi(ami: Ami): Promise<AmiPeer> {
  const notified: Notify[] = []
  const faults: string[] = []
  const peer = await startPeer((socket, events) => serve(ami, socket, events, notified, faults))
  return { ...peer, notified, faults }
}

function serve(ami: Ami, socket: Socket, events: EventEmitter, notified: Notify[], faults: string[]): void {
  const { say, end: leave } = inPieces(socket, ami.piece ?? 1000)
  const challenge = '840415273'
  let user: string | undefined
  let rest = ''
  const held: (() => void)[] = []
  const error = (id: string, message: string): void =>
    say(`Response: Error\r\nActionID: ${id}\r\nMessage: ${message}\r\n\r\n`)
  const success = (id: string, line: string): void =>
    say(`Response: Success\r\nActionID: ${id}\r\n${line}\r\n\r\n`)

  const act = (fields: ReadonlyMap<string, string>): void => {
    const id = fields.get('ActionID') ?? ''
    const action = fields.get('Action')
    if (action === 'Challenge') {
      if (fields.get('AuthType') === 'MD5') success(id, `Challenge: ${challenge}`)
      else error(id, 'Must specify AuthType')
    } else if (action === 'Login') {
      const name = fields.get('Username') ?? ''
      const known = ami.users[name]
      const key = createHash('md5').update(`${challenge}${known?.secret}`).digest('hex')
      if (known && fields.get('AuthType') === 'MD5' && fields.get('Key') === key) {
        user = name
        success(id, 'Message: Authentication accepted')
        say('Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n')
      } else {
        error(id, 'Authentication failed')
        leave()
      }
    } else if (user === undefined || !ami.users[user]?.write) {
      error(id, 'Permission denied')
    } else if (action !== 'PJSIPNotify' || ami.bare) {
      error(id, `Invalid/unknown command: ${action}. Use Action: ListCommands to show available commands.`)
    } else {
      notify(id, fields)
    }
  }

  const notify = (id: string, fields: ReadonlyMap<string, string>): void => {
    const endpoint = fields.get('Endpoint') ?? ''
    const event = /^Event=([^,]*)$/.exec(fields.get('Variable') ?? '')?.[1]
    if (event === undefined) faults.push(`Variable: ${fields.get('Variable')}`)
    const known = ami.endpoints.has(endpoint)
    notified.push({ endpoint, event: event ?? '' })
    say(`Event: NotifyStarted\r\nActionID: ${id}\r\n\r\n`)
    held.push(() => {
      if (known) success(id, 'Message: NOTIFY sent')
      // The module ends this message with a line end of its own.
      else error(id, `Unable to retrieve endpoint ${endpoint}\n`)
    })
    events.emit('notified', held.length)
    if (held.length < (ami.hold ?? 1)) return
    for (const answer of held.splice(0).reverse()) answer()
  }

  say('Asterisk Call Manager/9.0.0\r\n')
  socket.on('data', (chunk: string) => {
    rest += chunk
    for (let end = rest.indexOf('\r\n\r\n'); end >= 0; end = rest.indexOf('\r\n\r\n')) {
      const lines = rest.slice(0, end).split('\r\n')
      rest = rest.slice(end + 4)
      const fields = new Map<string, string>()
      for (const line of lines) {
        const [, name, value] = /^([A-Za-z]+): ([\x20-\x7e]+)$/.exec(line) ?? []
        if (name === undefined || value === undefined || fields.has(name)) faults.push(line)
        else fields.set(name, value)
      }
      act(fields)
    }
  })
}
