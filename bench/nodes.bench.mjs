// Several servers on one PostgreSQL: how long a change made at one takes until all serve it, and what moving there costs.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveFleet } from './lib/bootline.mjs'
import { built } from './lib/built.mjs'
import { percentile } from './lib/figures.mjs'
import { mixedDevices, mixedFleet } from './lib/fleet.mjs'
import { postgresPrograms, startPostgres } from './lib/postgres.mjs'

const nodes = 3
const changes = 60
const moved = 10_000

export async function run(print) {
  if (postgresPrograms() === undefined) {
    print('left out: PostgreSQL is not installed (scripts/test-packages.sh)')
    return
  }
  const postgres = await startPostgres()
  try {
    await changeToServed(print, postgres.url)
  } finally {
    await postgres.stop()
  }
  const empty = await startPostgres()
  try {
    await move(print, empty.url)
  } finally {
    await empty.stop()
  }
}

async function changeToServed(print, url) {
  const key = randomBytes(32).toString('base64url')
  const [{ openStore }, { applyEntries }, { readEntries }, { catalogue }] = await modules()
  const servers = []
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  let store
  try {
    // Only the first has something to apply: the others find it there.
    for (let i = 0; i < nodes; i++)
      servers.push(
        await serveFleet(fleet('S 0'), {
          core: undefined,
          settings: { BOOTLINE_DATABASE_URL: url, BOOTLINE_KEY: key },
        }),
      )
    store = await openStore({ folder, key, databaseUrl: url })
    const took = []
    for (let i = 1; i <= changes; i++) {
      const who = { name: 'bench', source: 'bench' }
      await applyEntries(store, readEntries(fleet(`S ${i}`)), catalogue, { who, prune: false })
      const from = performance.now()
      await Promise.all(servers.map(({ ports }) => serves(ports.http, `S ${i}<`)))
      took.push(performance.now() - from)
    }
    const at = (share) => percentile(took, share).toFixed(0)
    print(
      `${nodes} servers, ${changes} changes: served by all after ${at(0.5)} ms (p50), ${at(0.99)} ms (p99), aim at most 1000: ${percentile(took, 0.99) <= 1000 ? 'met' : 'NOT met'}`,
    )
  } finally {
    await store?.close()
    for (const server of servers) await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const mac = '64167fb269d6'

function fleet(label) {
  const line = {
    number: '+33483050173',
    kind: 'fixed',
    site: 'Nice',
    equipment: { model: 'polycom/vvx-450', mac },
    keys: { shortcuts: [{ number: '3899', label }] },
  }
  const sip = { domain: 'sip.example.net' }
  return { companies: [{ name: 'A', deviceAccess: 'open', sip, sites: [{ name: 'Nice' }], lines: [line] }] }
}

async function serves(port, text) {
  while (!(await fetched(port)).includes(text));
}

function fetched(port) {
  return new Promise((resolve, reject) => {
    const headers = {
      'User-Agent': `FileTransport PolycomVVX-VVX_450-UA/6.4.4.0604 (SN:${mac}) Type/Application`,
    }
    get({ host: '127.0.0.1', port, path: `/${mac}-directory.xml`, headers }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (piece) => (body += piece))
      answer.once('end', () => resolve(body))
    }).once('error', reject)
  })
}

async function move(print, to) {
  const [{ openStore }, { applyEntries }, { readEntries }, { catalogue }] = await modules()
  const { moveStore } = await built('store/move.js')
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  try {
    const store = await openStore({ folder })
    const who = { name: 'bench', source: 'bench' }
    await applyEntries(store, readEntries(mixedFleet(mixedDevices(moved))), catalogue, { who, prune: false })
    await store.close()
    const from = performance.now()
    const tables = await moveStore({ folder, to, tell: () => {} })
    const seconds = (performance.now() - from) / 1000
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    print(`migrate-store of ${moved} devices: ${rows} rows copied and compared in ${seconds.toFixed(1)} s`)
    const moving = await openStore({ folder, databaseUrl: to })
    const start = performance.now()
    for (let page = await moving.devices.devicePage(undefined, 200); page.length > 0; ) {
      await moving.devices.readDevices(page)
      page = await moving.devices.devicePage(page.at(-1), 200)
    }
    print(`reading ${moved} devices from there: ${((performance.now() - start) / 1000).toFixed(1)} s`)
    await moving.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function modules() {
  return Promise.all(
    ['store/store', 'fleet/apply', 'fleet/entries', 'devices/catalogue'].map((name) => built(`${name}.js`)),
  )
}
