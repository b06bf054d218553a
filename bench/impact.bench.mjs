// A change of one line: what it costs must go with the devices it leads to, and not with the size of their company.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { macOf } from './fleet-file.mjs'
import { built } from './lib/built.mjs'
import { median, verdict } from './lib/figures.mjs'

const watchers = 20
const rounds = 60
/** The first company would pay for the program getting warm. */
const warming = 20
const number = (i) => `+3348${String(i).padStart(7, '0')}`

/** So many phones; the first line is supervised by as many of them in a small company as in a large one. */
function company(size) {
  const lines = Array.from({ length: size }, (_, i) => ({
    number: number(i),
    kind: 'fixed',
    site: 'Siège',
    lastName: `Dupont ${i}`,
    sip: { password: `password-${i}` },
    equipment: { model: 'yealink/t54w', mac: macOf('805ec0', i) },
    keys: {
      supervision: [
        ...(i > 0 && i <= watchers ? [0] : []),
        ...[1, 2, 3, 4].map((step) => 100 + ((i + step) % (size - 100))),
      ]
        .filter((other) => other !== i)
        .map(number),
    },
  }))
  return { companies: [{ name: 'A', sip: { domain: 'sip.example.net' }, sites: [{ name: 'Siège' }], lines }] }
}

export async function run(print) {
  const modules = ['store/store', 'fleet/apply', 'fleet/plan', 'fleet/entries', 'fleet/remove-line']
  const [{ openStore }, { applyEntries, applyPlanned }, { planEntries }, { readEntries }, { planRemoval }] =
    await Promise.all(modules.map((name) => built(`${name}.js`)))
  const { catalogue } = await built('devices/catalogue.js')
  const who = { name: 'bench', source: 'bench' }
  const changes = [
    ['a line renamed that 20 phones show', (i) => ({ number: number(0), lastName: `Durand ${i}` })],
    [
      'a shortcut of one phone',
      (i) => ({ number: number(50), keys: { shortcuts: [{ number: '3899', label: `S ${i}` }] } }),
    ],
  ]
  const removal = 'a line removed, with the keys that supervise it'
  const results = [...changes, [removal]].map(() => [])
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  try {
    for (const size of [1000, 10_000]) {
      const store = await openStore({ folder: join(folder, String(size)) })
      await applyEntries(store, readEntries(company(size)), catalogue, { who, prune: false })
      await store.devices.recordDeliveries(Array.from({ length: size }, (_, i) => firstFetch(i)))
      for (const [c, [name, change]] of changes.entries()) {
        const entries = (i) =>
          readEntries({ companies: [{ name: 'A', lines: [{ kind: 'fixed', site: 'Siège', ...change(i) }] }] })
        const plans = await timed((i) => planEntries(store, entries(i), catalogue, { prune: false }))
        const saves = await timed((i) => applyEntries(store, entries(i), catalogue, { who, prune: false }))
        const { impacts } = plans.last
        print(
          `${size} devices, ${name}: ${impacts.length} devices found in ${plans.median.toFixed(2)} ms, found, saved and queued in ${saves.median.toFixed(2)} ms`,
        )
        results[c].push(plans.median)
      }
      const gone = (i) => ({ company: 'A', line: { number: number(200 + i), site: 'Siège' }, release: true })
      const plans = await timed((i) => planRemoval(store, gone(i), catalogue))
      const saves = await timed((i) =>
        applyPlanned(store, (reader) => planRemoval(reader, gone(i), catalogue), { who }),
      )
      print(
        `${size} devices, ${removal}: planned in ${plans.median.toFixed(2)} ms, done in ${saves.median.toFixed(2)} ms`,
      )
      results.at(-1).push(plans.median)
      await store.close()
    }
    for (const [c, [name]] of [...changes, [removal]].entries()) {
      const [small, large] = results[c]
      print(`ten times the devices, ${name}: times the time ${verdict(large / small, { most: 1.5 })}`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Only devices that came once are put into the queue. */
function firstFetch(i) {
  const file = { name: 'any.cfg', kind: 'device', transport: 'https', method: 'GET', status: 200, bytes: 1 }
  return { ...file, at: Date.now(), mac: macOf('805ec0', i), complete: true, source: '192.0.2.1' }
}

/** The middle of many times, the first ones left out. */
async function timed(work) {
  const times = []
  let last
  for (let i = 0; i < rounds; i++) {
    const begin = performance.now()
    last = await work(i)
    times.push(performance.now() - begin)
  }
  return { last, median: median(times.slice(warming)) }
}
