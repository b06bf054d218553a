// From intent to bytes: one phone with many keys, a phone with a module, and a whole fleet after a company-wide change.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { built } from './lib/built.mjs'
import { spread, verdict } from './lib/figures.mjs'
import { mixedDevices, mixedFleet } from './lib/fleet.mjs'
import { plainFile, plainPhones } from './lib/plain-template.mjs'

const { catalogue } = await built('devices/catalogue.js')
const { drivers } = await built('devices/vendors.js')
const { folderTemplates } = await built('devices/templates.js')
const { deviceIntent } = await built('domain/devices.js')
const { renderDevice } = await built('provision/render.js')
const { loadLiveDevices } = await built('provision/live-devices.js')
const { openStore } = await built('store/store.js')
const { applyEntries } = await built('fleet/apply.js')
const { readEntries } = await built('fleet/entries.js')

const templates = new Map(
  drivers.map((driver) => [
    driver,
    folderTemplates(fileURLToPath(new URL(`../templates/${driver.name}`, import.meta.url)), driver.escapes),
  ]),
)
const driverOf = (model) => drivers.find((driver) => driver.models.includes(model))

const fleetSize = 10_000

/** Microseconds a phone, seconds a fleet; on a machine where a plain template of 45 keys took so many microseconds. */
const aims = { phone: 60, fleet: 2, plain: 27.8 }

const url = 'https://prov.example.net:8443/'

export async function run(print) {
  const yealink = phones('yealink/t54w', ['exp50'])
  const polycom = phones('polycom/vvx-450', ['em50'])
  const plain = measured(plainPhones(1000), plainFile)
  const all = [yealink, polycom, plain]
  for (let round = 0; round < 3; round++) for (const each of all) each.round()
  for (const each of all) each.rounds.length = 0
  for (let round = 0; round < 9; round++) for (const each of all) each.round()
  const yardstick = Math.min(...plain.rounds)
  print(`a plain template of 45 keys: ${spread(plain.rounds, 1)} µs of CPU`)
  print(
    `T54W with an EXP50, 45 keys: ${spread(yealink.rounds, 1)} µs of CPU a phone, ${yealink.bytes} bytes in ${yealink.files} files`,
  )
  const least = Math.min(...yealink.rounds)
  print(`  ${verdict(least, { most: aims.phone }, 1)} (the least disturbed round)`)
  print(`  in plain templates: ${verdict(least / yardstick, { most: inTemplates(aims.phone) })}`)
  print(
    `VVX 450 with an EM50, 45 keys: ${spread(polycom.rounds, 1)} µs of CPU a phone, ${polycom.bytes} bytes in ${polycom.files} files`,
  )
  await fleet(print, yardstick)
}

/** The aim as it would be on any machine: as many plain templates. */
function inTemplates(micros) {
  return Number((micros / aims.plain).toFixed(2))
}

/** Does the work once for each in every round, and notes what one took. */
function measured(all, work) {
  const rounds = []
  return {
    rounds,
    round() {
      const begin = process.cpuUsage()
      for (const each of all) work(each)
      rounds.push(micros(begin) / all.length)
    },
  }
}

/** A thousand different phones of a model, each with 45 keys: what is rendered is never what was rendered before. */
function phones(id, expansion) {
  const model = catalogue.find(id)
  const intents = Array.from({ length: 1000 }, (_, i) => intentOf(model, expansion, i))
  const driver = driverOf(model)
  const render = (intent) => renderDevice(driver, intent, serverFacts(intent.mac), templates.get(driver))
  const files = [...render(intents[0]).files.values()]
  return {
    ...measured(intents, render),
    files: files.length,
    bytes: files.reduce((sum, { body }) => sum + body.length, 0),
  }
}

function intentOf(model, expansion, i) {
  const mac = i.toString(16).padStart(12, '0')
  const company = {
    name: 'Grande Maison',
    locale: 'fr',
    timezone: 'Europe/Paris',
    sip: { domain: 'sip.example.net', transport: 'udp' },
    codes: { groupPickup: '*98', directedPickup: '*95', voicemail: '123' },
    keyDuringCall: 'hold',
    sites: [],
    lines: [],
  }
  const line = {
    number: `+3348305${String(i).padStart(4, '0')}`,
    kind: 'fixed',
    firstName: 'Stéphane',
    lastName: `Biel ${i}`,
    sip: { password: `secret${i}` },
    equipment: { model: model.id, mac, expansion },
    keys: {
      supervision: Array.from(
        { length: 40 },
        (_, n) => `+3348306${String((i + n) % 10_000).padStart(4, '0')}`,
      ),
      shortcuts: Array.from({ length: 4 }, (_, n) => ({ number: `061345678${n}`, label: `Poste ${i} ${n}` })),
    },
  }
  return deviceIntent(company, mac, [line], catalogue, () => undefined)
}

function serverFacts(mac) {
  return { url, generation: 7, account: { user: mac, password: 'device-password' } }
}

/** The path of a real change: committed to the store, read back, rendered, the new revisions written. */
async function fleet(print, yardstick) {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  const store = await openStore({ folder })
  try {
    const devices = mixedDevices(fleetSize)
    const apply = (voicemail) =>
      applyEntries(store, readEntries(mixedFleet(devices, { voicemail })), catalogue, {
        who: { name: 'bench', source: 'cli' },
        prune: false,
      })
    await apply('123')
    const before = await settledMemory()
    const loading = process.cpuUsage()
    const surroundings = {
      catalogue,
      driverOf,
      templatesOf: (driver) => templates.get(driver),
      url,
      caPem: () => undefined,
      imageFor: () => undefined,
    }
    const live = await loadLiveDevices(store, surroundings)
    print(
      `10,000 devices of mixed vendors at the start of a server: ${seconds(loading)} s of CPU to read and render`,
    )
    const after = await settledMemory()
    print(
      `  they hold ${megabytes(after.heap - before.heap)} MB of heap and ${megabytes(after.bodies - before.bodies)} MB of bodies`,
    )
    const rounds = []
    for (const voicemail of ['888', '889', '890']) {
      await apply(voicemail)
      const begin = process.cpuUsage()
      await live.refresh()
      rounds.push(micros(begin) / 1e6)
    }
    const each = (Math.min(...rounds) * 1e6) / fleetSize
    print(
      `10,000 devices after a company-wide change: ${spread(rounds)} s of CPU, ${each.toFixed(0)} µs a device`,
    )
    print(`  ${verdict(Math.min(...rounds), { most: aims.fleet })} (the least disturbed round)`)
    const most = inTemplates((aims.fleet * 1e6) / fleetSize)
    print(`  in plain templates a device: ${verdict(each / yardstick, { most })}`)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

async function settledMemory() {
  await new Promise((resolve) => setTimeout(resolve, 50))
  globalThis.gc?.()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return { heap: heapUsed, bodies: Math.max(external, arrayBuffers) }
}

function micros(begin) {
  const { user, system } = process.cpuUsage(begin)
  return user + system
}

function seconds(begin) {
  return (micros(begin) / 1e6).toFixed(2)
}

function megabytes(bytes) {
  return (bytes / 1048576).toFixed(0)
}
