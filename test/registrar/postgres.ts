import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** Where Debian keeps the programs of PostgreSQL 15 and later; undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  const versions = '/usr/lib/postgresql'
  if (!existsSync(versions)) return undefined
  return readdirSync(versions)
    .map((version) => join(versions, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')))
}

export interface Postgres {
  /** The address of its empty database, for its superuser. */
  readonly url: string
  readonly port: number
  urlOf(user: string): string
  /** Ends it as a power cut would, and starts it again. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** With a schema for each data folder of the tests, tidying up would keep a core busy. */
const unattended = ['-c', 'autovacuum=off']

/** A server of its own in a folder of its own, on a free port of this machine only. */
export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-pg-'))
  // PostgreSQL refuses to run for the superuser.
  const as = process.getuid?.() === 0 ? await ordinaryUser() : {}
  if (as.uid !== undefined && as.gid !== undefined) await chown(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  await promisify(execFile)(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'bootline', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'],
    { ...as, cwd: folder },
  )
  const port = await freePort()
  const run = async () => {
    const server = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-F', ...unattended],
      { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const ended = once(server, 'exit')
    const lines: string[] = []
    for await (const line of createInterface(server.stderr)) {
      lines.push(line)
      if (line.includes('ready to accept connections')) break
    }
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start: ${lines.join('\n')}`)
    // What it says later is of no interest, and must not fill the pipe.
    server.stderr.resume()
    return async (signal: NodeJS.Signals) => {
      server.kill(signal)
      await ended
    }
  }
  let end = await run()
  const urlOf = (user: string) => `postgresql://${user}@127.0.0.1:${port}/postgres`
  return {
    url: urlOf('bootline'),
    port,
    urlOf,
    async restart() {
      await end('SIGQUIT')
      end = await run()
    },
    async stop() {
      await end('SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function ordinaryUser(): Promise<{ uid?: number; gid?: number }> {
  const users = await readFile('/etc/passwd', 'utf8')
  const [, uid, gid] = /^(?:postgres|nobody):[^:]*:(\d+):(\d+):/m.exec(users) ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
