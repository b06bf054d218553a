import { execFileSync, spawn } from 'node:child_process'
import { constants, openSync, writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stopped } from './kamailio.ts'
import { makeFolder } from './places.ts'
import type { Account } from './rendered.ts'
import { type Manner, notifyScenario, registerScenario } from './scenarios.ts'
import { createTape, type Tape } from './tape.ts'

/** `registered`, `refused`, or `heard check-sync;reboot=true`. */
export type PhoneEvent = string

/** The SIP side of one line of a phone: SIPp, registered with what the phone was given. */
export interface SipPhone {
  readonly events: Tape<PhoneEvent>
  /** As when its power goes: the server is not told. */
  stop(): Promise<void>
}

export interface PhoneWish {
  readonly account: Account
  /** The address the phone has on this machine. */
  readonly address: string
  readonly manner: Manner
  /** The router before the phone: what it sends to its server goes there. */
  readonly router?: number
}

/** Resolves once the server has let the phone in, or turned it away. */
export async function startSipPhone({ account, address, manner, router }: PhoneWish): Promise<SipPhone> {
  const server = router === undefined ? account.server : `127.0.0.1:${router}`
  const folder = makeFolder()
  const file = (name: string, text: string): string => {
    const path = join(folder.path, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const events = createTape<PhoneEvent>(`the phone of ${account.user}`)
  const told = join(folder.path, 'told')
  execFileSync('mkfifo', [told])
  // Read and written by this side too: so the other side's end is not the pipe's.
  const pipe = new Socket({ fd: openSync(told, constants.O_RDWR | constants.O_NONBLOCK) })
  createInterface({ input: pipe }).on('line', (line) => events.add(line.trim().replace(/\s+/g, ' ')))
  const scenarios = [
    '-sf',
    file('register.xml', registerScenario(account)),
    '-oocsf',
    file('notify.xml', notifyScenario(manner, account)),
  ]
  const place = ['-t', account.transport === 'tcp' ? 't1' : 'u1', '-i', address, '-bind_local', '-m', '1']
  const child = spawn(
    'sipp',
    [...scenarios, ...place, '-nostdin', '-trace_logs', '-log_file', told, server],
    {
      cwd: folder.path,
      stdio: 'ignore',
    },
  )
  child.once('close', (code) => events.add(`ended ${code}`))
  const stop = async (): Promise<void> => {
    await stopped(child, 'SIGKILL')
    pipe.destroy()
    folder.remove()
  }
  try {
    const first = await events.until((event) => !event.startsWith('heard'))
    if (first.startsWith('ended')) throw new Error(`SIPp does not run: ${first}`)
    return { events, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
