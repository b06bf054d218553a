import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { digest, newSecret, tokenPrefix } from '../../../src/admin/people/secrets.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { company, fleet } from '../service/fleet.ts'
import { apply } from '../service/running.ts'
import { type Held, hold } from './held.ts'

/** `bootline serve` with worker processes, and this process beside it on the same database. */
export interface Serving {
  readonly child: ChildProcess
  readonly store: Store
  /** Every line of the log so far. */
  readonly log: readonly Line[]
  port(listener: 'http' | 'https' | 'admin'): number
  /** Waits for a line of the log. */
  said(fits: (line: Line) => boolean): Promise<Line>
  /** A connection that this worker serves. */
  at(worker: number, way?: Way): Promise<Held>
  /** What the worker's process is called. */
  processOf(worker: number): number
  /** Asks the API, as an operator. */
  api(method: string, path: string, body?: object, ifMatch?: string): Promise<Answered>
  stop(): Promise<number | null>
}

export type Line = Readonly<Record<string, unknown>> & { readonly msg: string }

interface Answered {
  readonly status: number
  readonly body: unknown
  readonly etag: string
}

interface Way {
  readonly listener?: 'http' | 'https'
  readonly from?: string
}

const program = resolve('bin/bootline.mjs')

/** Open to all: asked for under a name of their own, they show in the log which worker answered. */
const marks = Array.from({ length: 20 }, (_, i) => `805ec0ee00${String(i).padStart(2, '0')}`)

export function newFolder(folder: string): void {
  mkdirSync(join(folder, 'certs'), { recursive: true })
  const [key, pem] = [join(folder, 'certs', 'privkey.pem'), join(folder, 'certs', 'fullchain.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  const made = spawnSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', pem, ...name])
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`)
}

export async function fillFolder(folder: string, devices: Readonly<Record<string, string>>): Promise<Store> {
  const store = await openStore({ folder })
  const open = Object.fromEntries(marks.map((mac) => [mac, 'yealink/t54w']))
  await apply(
    store,
    fleet(
      company({ name: 'Guarded', devices, from: 33483060000 }),
      company({ name: 'Open', deviceAccess: 'open', devices: open, from: 33483070000 }),
    ),
  )
  return store
}

function environment(folder: string, workers: number): Record<string, string> {
  const listeners = ['HTTP', 'HTTPS', 'TFTP', 'ADMIN'].map((name) => [`BOOTLINE_${name}`, '127.0.0.1:0'])
  return {
    ...Object.fromEntries(listeners),
    BOOTLINE_MTLS: 'off',
    BOOTLINE_SIP: 'off',
    BOOTLINE_DATA: folder,
    BOOTLINE_CERTS: join(folder, 'certs'),
    BOOTLINE_FIRMWARE: join(folder, 'firmware'),
    BOOTLINE_PUBLIC_URL: 'https://127.0.0.1:8443/',
    BOOTLINE_LOG_LEVEL: 'debug',
    BOOTLINE_WORKERS: String(workers),
  }
}

export async function serve(folder: string, store: Store): Promise<Serving> {
  const token = await newToken(store)
  const env = { ...process.env, ...environment(folder, 2) }
  const child = spawn(process.execPath, [program, 'serve', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: Line[] = []
  const waiting = new Set<() => void>()
  let rest = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    // While others build, the build speaks there too.
    for (const line of lines) if (line.startsWith('{')) log.push(JSON.parse(line) as Line)
    for (const look of waiting) look()
  })
  const listening = await new Promise<Readonly<Record<string, string>>>((done, fail) => {
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (!out.endsWith('}\n')) return
      const told = JSON.parse(out) as { readonly listening?: Readonly<Record<string, string>> }
      if (told.listening) done(told.listening)
    })
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}: ${out}${rest}`)))
  })
  let asked = 0

  const serving: Serving = {
    child,
    store,
    log,
    port: (listener) => Number(/(\d+)\/?$/.exec(listening[listener] ?? '')?.[1]),
    said: (fits) =>
      new Promise((done) => {
        const look = (): void => {
          const found = log.find(fits)
          if (!found) return
          waiting.delete(look)
          done(found)
        }
        waiting.add(look)
        look()
      }),
    async at(worker, { listener = 'http', from } = {}) {
      for (;;) {
        const held = await hold(serving.port(listener), { tls: listener === 'https', from })
        const name = `mark-${asked++}/${marks[asked % marks.length]}.cfg`
        await held.ask(`/${name}`)
        const line = await serving.said((one) => one.msg === 'answered a device' && one.name === name)
        if (line.worker === worker) return held
        held.close()
      }
    },
    processOf(worker) {
      const began = log.findLast((line) => line.msg === 'a worker serves devices' && line.worker === worker)
      return Number(began?.process)
    },
    async api(method, path, body, ifMatch) {
      const answer = await fetch(`http://127.0.0.1:${serving.port('admin')}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const etag = answer.headers.get('etag') ?? ''
      return { status: answer.status, body: await answer.json(), etag }
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      return child.exitCode
    },
  }
  return serving
}

/** An operator's. */
async function newToken({ people }: Store): Promise<string> {
  const secret = newSecret(tokenPrefix)
  await people.tokens.add(
    { name: 'ana', source: 'cli', at: Date.now() },
    {
      name: 'test',
      hash: digest(secret),
      expiresAt: Date.now() + 3_600_000,
      role: 'operator',
      companies: [],
      sites: [],
    },
  )
  return secret
}
