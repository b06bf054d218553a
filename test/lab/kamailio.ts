import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { kamailioScript, mark, type ServerWish } from './kamailio-script.ts'
import { createTape, type Tape } from './tape.ts'

/** What Kamailio did, and for which line's user. */
export interface ServerEvent {
  readonly what:
    | 'ready'
    | 'registered'
    | 'refused' // a REGISTER with a wrong sign-in
    | 'notify' // one has come, from Bootline
    | 'challenged'
    | 'absent'
    | 'relayed' // to one phone
    | 'answered' // by one phone
    | 'failed' // no phone took it
  readonly user: string
  readonly detail: string
  readonly callId: string
  readonly transport: string
  readonly source: string
}

/** A company's SIP server: the real program, on ports of this machine. */
export interface Kamailio {
  readonly port: number
  readonly events: Tape<ServerEvent>
  stop(): Promise<void>
}

export async function startKamailio(folder: string, wish: ServerWish): Promise<Kamailio> {
  const place = join(folder, `kamailio-${wish.port}`)
  mkdirSync(place, { recursive: true })
  const script = join(place, 'kamailio.cfg')
  writeFileSync(script, kamailioScript(wish), { mode: 0o600 })
  const events = createTape<ServerEvent>('Kamailio')
  const said: string[] = []
  const files = ['-f', script, '-P', join(place, 'pid'), '-Y', place, '-w', place]
  const child = spawn('kamailio', [...files, '-DD', '-E', '-m', '32', '-M', '4'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    const event = readEvent(line)
    if (event) events.add(event)
    else said.push(line)
  })
  const ended = once(child, 'close').then(() => {
    throw new Error(`Kamailio does not run:\n${said.slice(-20).join('\n')}`)
  })
  await Promise.race([events.until(({ what }) => what === 'ready'), ended])
  ended.catch(() => undefined)
  return { port: wish.port, events, stop: () => stopped(child) }
}

function readEvent(line: string): ServerEvent | undefined {
  const start = line.indexOf(mark)
  if (start < 0) return undefined
  const [what = '', user = '', detail = '', callId = '', transport = '', source = ''] = line
    .slice(start + mark.length)
    .split('|')
  return { what: what as ServerEvent['what'], user, detail, callId, transport, source }
}

/** Its ports are free afterwards. */
export async function stopped(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill(signal)
  await closed
}
