import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { find } from './programs.mjs'

/** The kernel counts a process's time in ticks of this many microseconds. */
const tick = 10_000

/** Compared servers share the first core, and the clients that ask them have the second: none takes another's time. */
export const serverCore = 0
export const clientCore = 1

/** A program on one core, or on any where there is no taskset; it ends with `stop`. */
export function start(core, command, args, { env = {}, ready, within = [] } = {}) {
  const [program, ...rest] = [...within, ...pinned(core), command, ...args]
  const child = spawn(program, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const ended = once(child, 'exit')
  const saying = new Promise((resolve, reject) => {
    const hear = (piece) => {
      said = (said + piece).slice(-20_000)
      if (ready === undefined || ready.test(said)) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${said}`)))
  })
  saying.catch(() => {})
  return {
    pid: child.pid,
    ready: saying,
    /** For programs that say nothing: fails when this one has ended at once. */
    async standing() {
      await Promise.race([saying.then(() => sleep(300)), sleep(300)])
      if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${said}`)
    },
    /** Microseconds of CPU so far, all threads of it and of the processes it began. */
    cpu: () => sum(family(child.pid).map(cpuOf)),
    /** Bytes of memory now, of all these; what several have in common counts once. */
    memory: () => sum(family(child.pid).map(memoryOf)),
    send: (signal) => child.kill(signal),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Runs a program to its end; what it wrote. */
export async function run(core, command, args, { env = process.env, within = [] } = {}) {
  const [program, ...rest] = [...within, ...pinned(core), command, ...args]
  const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (piece) => (out += piece))
  child.stderr.on('data', (piece) => (err += piece))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${(err || out).slice(-2000)}`)
  return out
}

function pinned(core) {
  return core === undefined || find('taskset') === undefined ? [] : ['taskset', '-c', String(core)]
}

export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}

/** The process and all that come of it. */
function family(pid) {
  const children = told(`/proc/${pid}/task/${pid}/children`)?.trim() ?? ''
  return [pid, ...(children === '' ? [] : children.split(' ').flatMap((child) => family(Number(child))))]
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0)
}

function cpuOf(pid) {
  const stat = told(`/proc/${pid}/stat`)
  if (stat === undefined) return 0
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tick
}

/** Nothing of a process that has ended since it was listed, as those of a server that makes one for each request do. */
function told(path) {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  }
}

function memoryOf(pid) {
  const found = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))
  return Number(found?.[1] ?? 0) * 1024
}
