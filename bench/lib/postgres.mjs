import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from './processes.mjs'

const versions = '/usr/lib/postgresql'

/** Where Debian keeps its programs; undefined where it is not installed. */
export function postgresPrograms() {
  if (!existsSync(versions)) return undefined
  return readdirSync(versions)
    .map((version) => join(versions, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
}

/** A PostgreSQL of its own with an empty database, as durable as it is by itself. */
export async function startPostgres() {
  const programs = postgresPrograms()
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-pg-'))
  // It refuses to run for the superuser.
  const as = process.getuid() === 0 ? ordinaryUser() : {}
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  const options = { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] }
  const made = spawn(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'bootline', '-A', 'trust', '-E', 'UTF8'],
    options,
  )
  made.stderr.resume()
  const [code] = await once(made, 'close')
  if (code !== 0) throw new Error(`initdb ended with ${code}`)
  const [port] = await freePorts(1)
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', port, '-k', folder],
    options,
  )
  const ended = once(server, 'exit')
  await new Promise((resolve, reject) => {
    server.stderr.on('data', (text) => String(text).includes('ready to accept') && resolve())
    server.once('exit', () => reject(new Error('PostgreSQL did not start')))
  })
  return {
    url: `postgresql://bootline@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function ordinaryUser() {
  const [, uid, gid] =
    /^(?:postgres|nobody):[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? []
  return { uid: Number(uid), gid: Number(gid) }
}
