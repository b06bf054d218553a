/**
 * Has virtual phones start against a server of its own, over and over, and looks whether its memory stays flat: after
 * each turn everybody is quiet, the server throws away what it does not need, and what is left is noted.
 *
 * Usage: npm run soak -- --minutes 60 [--json]
 *
 * Fails when what is left grows steadily with the starts: by more than 200 bytes a start on the heap, or 1,000 in the
 * whole process, and by more than 8 MB over the run in the end. Runs under some two minutes are too short to judge.
 */
import { fork, spawnSync } from 'node:child_process'
import { once, setMaxListeners } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { built } from '../bench/lib/built.mjs'
import { steadyGrowth } from '../bench/lib/steady-growth.mjs'
import { ready } from './ready.mjs'

const program = fileURLToPath(new URL('../bin/bootline.mjs', import.meta.url))
const probe = new URL('../bench/lib/memory-probe.mjs', import.meta.url).href
const mix = { 'polycom/vvx-450': 30, 'yealink/t54w': 30, 'yealink/w60b': 5, 'audiocodes/mp-202b': 5 }
const schemes = ['http', 'https', 'tftp']
/** Bytes for each start. */
const most = { heap: 200, rss: 1000 }
/** Milliseconds in which records are written and connections closed. */
const quiet = 1500
/** So many phones start at a time. */
const lanes = 16

const { values } = parseArgs({ options: { minutes: { type: 'string' }, json: { type: 'boolean' } } })
const minutes = Number(values.minutes ?? 5)
if (!(minutes > 0)) {
  process.stderr.write('Give --minutes a number above 0.\n')
  process.exit(1)
}
ready()
const { makePhone } = await built('simulate/phone.js')
const { ownAddress } = await built('simulate/own-address.js')

const folder = mkdtempSync(join(tmpdir(), 'bootline-soak-'))
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BOOTLINE_'))),
  BOOTLINE_DATA: join(folder, 'data'),
  BOOTLINE_CERTS: join(folder, 'certs'),
  BOOTLINE_FIRMWARE: join(folder, 'firmware'),
  BOOTLINE_LOG_LEVEL: 'warn',
  BOOTLINE_MTLS: 'off',
  // One process is watched: it has to be the one that serves.
  BOOTLINE_WORKERS: '1',
  BOOTLINE_PUBLIC_URL: 'http://127.0.0.1/',
  ...Object.fromEntries(
    ['HTTP', 'HTTPS', 'TFTP', 'ADMIN', 'SIP'].map((name) => [`BOOTLINE_${name}`, '127.0.0.1:0']),
  ),
}
try {
  process.exitCode = await soak()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function soak() {
  const wanted = await fleet()
  const server = await serve()
  const ending = new AbortController()
  setMaxListeners(0, ending.signal)
  const phones = Object.fromEntries(
    schemes.map((scheme) => {
      const url = new URL(`${scheme}://${server.listening[scheme]}/`)
      return [
        scheme,
        wanted.map((one) => makePhone(one, url, { localAddress: ownAddress(one.intent.mac, url.hostname) })),
      ]
    }),
  )
  const end = performance.now() + minutes * 60_000
  const turn = Math.min(10_000, (minutes * 60_000) / 8)
  const samples = []
  const count = { starts: 0, bad: 0 }
  try {
    // Whom a device has signed in as is the device's, whatever way it comes: the first way tells the others.
    while (performance.now() < end) {
      const scheme = schemes[samples.length % schemes.length]
      await startFor(turn, phones[scheme], count, ending.signal)
      await sleep(quiet)
      const { heap, rss } = await server.memory()
      samples.push({ starts: count.starts, heap, rss })
      if (!values.json)
        process.stdout.write(
          `${String(count.starts).padStart(9)} starts  heap ${megabytes(heap)} MB  process ${megabytes(rss)} MB  (${scheme})\n`,
        )
    }
  } finally {
    ending.abort()
    await server.stop()
  }
  return tell(samples, count)
}

function tell(samples, { starts, bad }) {
  const [heap, rss] = ['heap', 'rss'].map((what) =>
    steadyGrowth(
      samples.map((sample) => ({ done: sample.starts, bytes: sample[what] })),
      most[what],
    ),
  )
  const failed = bad > 0 || heap.grows === true || rss.grows === true
  if (values.json)
    process.stdout.write(`${JSON.stringify({ starts, bad, samples, heap, rss, failed }, null, 2)}\n`)
  else {
    if (bad > 0) process.stdout.write(`${bad} starts were not what they should be\n`)
    for (const [name, { judged, slope, grown, grows }] of Object.entries({ heap, process: rss }))
      process.stdout.write(
        judged
          ? `${name}: ${slope.toFixed(0)} bytes a start, ${megabytes(grown)} MB over the part that counts: ${grows ? 'GROWS' : 'flat'}\n`
          : `${name}: too short to judge\n`,
      )
  }
  return failed ? 1 : 0
}

async function startFor(milliseconds, phones, count, signal) {
  const end = performance.now() + milliseconds
  const waiting = [...phones]
  const lane = async () => {
    while (performance.now() < end) {
      const phone = waiting.shift()
      const { outcome, detail } = await phone.boot(signal)
      waiting.push(phone)
      count.starts++
      if (outcome === 'ok') continue
      if (count.bad++ === 0) process.stderr.write(`${phone.hardware.mac} is ${outcome}: ${detail}\n`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** A made-up company in the data folder, and what each of its devices should be. */
async function fleet() {
  const [{ madeUpFleet }, { catalogue }, { drivers }] = await Promise.all(
    ['simulate/made-up.js', 'devices/catalogue.js', 'devices/vendors.js'].map(built),
  )
  const counts = new Map(Object.entries(mix).map(([id, count]) => [catalogue.find(id), count]))
  const { companies } = madeUpFleet(
    counts,
    1,
    ({ maker }) => drivers.find((one) => one.prefixes[maker])?.prefixes[maker][0],
  )
  const quietly = companies.map((company) => ({ ...company, reboot: { by: 'none' } }))
  const file = join(folder, 'fleet.json')
  writeFileSync(file, JSON.stringify({ companies: quietly }))
  const { status } = spawnSync(process.execPath, [program, 'apply', file, '--yes'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error('the made-up fleet was refused')
  const [{ openStore }, { devicesIn }] = await Promise.all(
    ['store/store.js', 'cli/simulate-wanted.js'].map(built),
  )
  const store = await openStore({ folder: env.BOOTLINE_DATA })
  try {
    return await devicesIn(store, () => new Set())
  } finally {
    await store.close()
  }
}

async function serve() {
  const child = fork(program, ['serve', '--json'], {
    env,
    execArgv: ['--expose-gc', '--import', probe],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = once(child, 'close')
  const said = await new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      text += piece
      if (text.endsWith('}\n')) resolve(text)
    })
    ended.then(() => reject(new Error('the server did not start')))
  })
  return {
    listening: JSON.parse(said).listening,
    async memory() {
      const answer = once(child, 'message')
      child.send('memory')
      const [memory] = await Promise.race([
        answer,
        ended.then(() => Promise.reject(new Error('the server has ended'))),
      ])
      return memory
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function megabytes(bytes) {
  return (bytes / 1048576).toFixed(1)
}
