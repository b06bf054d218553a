import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { WakeAnswer } from '../../src/reboot/wake.ts'
import { openStore, whereOf } from '../store/databases.ts'
import { company, createScene, heard, mac, minute, type Scene, second, shortcut, silent } from './scene.ts'

const macs = Array.from({ length: 40 }, (_, i) => mac(i))

async function changedKeys(): Promise<Scene> {
  const scene = await createScene()
  await scene.apply(company('A', Object.fromEntries(macs.map((each) => [each, {}]))))
  await scene.boots(...macs)
  await scene.clock.advance(second)
  await scene.apply(company('A', Object.fromEntries(macs.map((each) => [each, shortcut('3899')]))))
  return scene
}

test('two servers on one store tell each phone once', async () => {
  const scene = await changedKeys()
  const other = await openStore({ folder: scene.folder, now: scene.clock.now })
  onTestFinished(() => other.close())
  scene.start()
  scene.start({ store: other })
  await scene.clock.advance(10 * second)
  expect(scene.tells.map((tell) => tell.mac).sort()).toStrictEqual(macs)
})

const root = pathToFileURL(`${process.cwd()}/`).href

/** Comes to the given moment on the way from a change to the telling, says so, and goes no further. */
const childSource = `
import { writeSync } from 'node:fs'
import { ready } from '${root}scripts/ready.mjs'
ready()
const { openStore } = await import('${root}dist/store/store.js')
const { startRebootService } = await import('${root}dist/reboot/service.js')
const { catalogue } = await import('${root}dist/devices/catalogue.js')
const { drivers } = await import('${root}dist/devices/vendors.js')
const { where, moment, at, mac } = JSON.parse(process.argv[2])
const stay = () => {
  writeSync(1, moment)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
const now = () => at
const store = await openStore({ ...where, now })
await store.reboots.order({ macs: [mac], dueAt: at, who: 'ana', at })
if (moment === 'committed') stay()
const log = { info() {}, warn() {}, error: (fields, text) => writeSync(2, text) }
startRebootService({
  store,
  settings: { sip: 'off', rebootsPerMinute: 100, rebootsPerSite: 100 },
  catalogue,
  drivers,
  senders: { of: async () => stay(), close: async () => {} },
  log,
  now,
})
`

/** Runs the child until it is where it should be, and ends it without a warning. */
async function killedThere(scene: Scene, moment: string): Promise<void> {
  const file = join(scene.folder, 'child.mjs')
  await writeFile(file, childSource)
  const job = JSON.stringify({ where: whereOf(scene.folder), moment, at: scene.clock.now(), mac: mac(1) })
  const child = spawn(process.execPath, [file, job], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  child.stdout.once('data', () => child.kill('SIGKILL'))
  expect(await ended).toBe('SIGKILL')
}

async function atRest(): Promise<Scene> {
  const scene = await createScene()
  await scene.apply(company('A', { [mac(1)]: {} }))
  await scene.boots(mac(1))
  await scene.clock.advance(second)
  return scene
}

test('killed between the commit and the telling, the next start tells the phone, once', async () => {
  const scene = await atRest()
  await killedThere(scene, 'committed')
  scene.start()
  await scene.clock.advance(minute)
  expect(scene.tells.map((tell) => tell.mac)).toStrictEqual([mac(1)])
})

test('killed with a phone in hand, the next start tells it as soon as the lease is over, once', async () => {
  const scene = await atRest()
  await killedThere(scene, 'in hand')
  expect(await scene.job(mac(1))).toMatchObject({ state: 'sending' })
  const killedAt = scene.clock.now()
  scene.start()
  await scene.clock.advance(minute)
  expect(scene.tells).toHaveLength(1)
  expect(scene.tells[0]?.at).toBeGreaterThanOrEqual(killedAt + 45 * second)
})

test('a stop waits for an answer that comes soon', async () => {
  const scene = await changedKeys()
  let answer = (): void => {}
  const late = new Promise<WakeAnswer>((resolve) => {
    answer = () => resolve(heard)
  })
  scene.script = () => late
  const service = scene.start({ perSite: 1 })
  await scene.clock.advance(second)
  const closed = service.close()
  await scene.clock.advance(second)
  answer()
  await closed
  expect(await scene.job(mac(0))).toMatchObject({ state: 'told', lastDetail: '200 OK' })
})

test('a stop does not wait for phones that are off, and leaves them to the next start', async () => {
  const scene = await changedKeys()
  scene.script = () => new Promise(() => {})
  const service = scene.start({ perSite: 1 })
  await scene.clock.advance(second)
  const closed = service.close()
  await scene.clock.advance(5 * second)
  await closed
  expect(await scene.job(mac(0))).toMatchObject({
    state: 'waiting',
    lastDetail: 'this server was stopped before an answer came',
  })
  await scene.clock.advance(5 * minute)
  expect(scene.tells).toHaveLength(1)
  scene.script = () => heard
  scene.start({ perSite: 1 })
  await scene.clock.advance(second)
  expect(scene.tells).toHaveLength(2)
})

test('an answer that never comes does not keep a job beyond its lease', async () => {
  const scene = await changedKeys()
  scene.script = (_, time) => (time === 1 ? new Promise(() => {}) : silent)
  scene.start({ perSite: 1 })
  await scene.clock.advance(41 * second)
  expect(await scene.job(mac(0))).toMatchObject({ state: 'waiting', lastResult: 'silent', attempts: 1 })
})
