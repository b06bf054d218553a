import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { environmentOf } from '../store/databases.ts'
import { stopped } from './kamailio.ts'
import { createTape, type Tape } from './tape.ts'

const program = resolve('bin/bootline.mjs')

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The server as its operator runs it. */
export interface Server {
  /** Stops it where it stands, for what comes next to find it so. */
  freeze(): void
  stop(signal?: NodeJS.Signals): Promise<void>
  /** What it logged so far. */
  log(): string
}

/** Runs `bootline …` to its end. */
export async function bootline(
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
  input?: string,
): Promise<Ended> {
  const child = start(environment, args, 'pipe')
  child.stdin?.end(input ?? '')
  const read = [child.stdout, child.stderr].map(async (stream) => {
    let text = ''
    for await (const piece of stream?.setEncoding('utf8') ?? []) text += piece
    return text
  })
  const [[status], stdout = '', stderr = ''] = await Promise.all([once(child, 'close'), ...read])
  return { status: status as number | null, stdout, stderr }
}

/** Resolves once it listens everywhere it should. */
export async function serve(environment: NodeJS.ProcessEnv): Promise<Server> {
  const child = start(environment, ['serve', '--json'], 'ignore')
  let said = ''
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const listening = new Promise<void>((done) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.endsWith('}\n')) done()
    })
  })
  const ended = once(child, 'close').then(() => {
    throw new Error(`bootline serve does not run:\n${log}`)
  })
  await Promise.race([listening, ended])
  ended.catch(() => undefined)
  return {
    freeze: () => void child.kill('SIGSTOP'),
    stop(signal) {
      const end = stopped(child, signal)
      // A held-up process takes no signal but this one.
      child.kill('SIGCONT')
      return end
    },
    log: () => log,
  }
}

export interface Happening {
  readonly mac: string
  readonly what: string
}

/** `bootline watch`: what happens to a device, as whoever looks on is told. */
export interface Watch {
  readonly happenings: Tape<Happening>
  stop(): Promise<void>
}

export function watch(environment: NodeJS.ProcessEnv, mac: string): Watch {
  const child = start(environment, ['watch', mac, '--json'], 'ignore')
  const happenings = createTape<Happening>('bootline watch')
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) =>
      happenings.add(JSON.parse(line) as Happening),
    )
  }
  return { happenings, stop: () => stopped(child) }
}

function start(
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
  input: 'pipe' | 'ignore',
): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...environment },
    stdio: [input, 'pipe', 'pipe'],
  })
}

/** Every listener off but the device plane's HTTP, and the folders under one. */
export function environmentIn(folder: string, httpPort: number, certs: string): NodeJS.ProcessEnv {
  return {
    BOOTLINE_DATA: join(folder, 'data'),
    ...environmentOf(join(folder, 'data')),
    BOOTLINE_CERTS: certs,
    BOOTLINE_FIRMWARE: join(folder, 'firmware'),
    BOOTLINE_HTTP: `127.0.0.1:${httpPort}`,
    BOOTLINE_HTTPS: 'off',
    BOOTLINE_MTLS: 'off',
    BOOTLINE_TFTP: 'off',
    BOOTLINE_ADMIN: 'off',
    BOOTLINE_SIP: '127.0.0.1:0',
    BOOTLINE_PUBLIC_URL: `http://127.0.0.1:${httpPort}/`,
    BOOTLINE_REGISTRAR_DATABASE: join(folder, 'feed.db'),
  }
}
