import { setMaxListeners } from 'node:events'
import { cpSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chanceOf } from '../../../src/simulate/chance.ts'
import { familyOf } from '../../../src/simulate/families.ts'
import { ownAddress } from '../../../src/simulate/own-address.ts'
import type { Boot, VirtualPhone } from '../../../src/simulate/phone.ts'
import { type Server, serve } from '../../lab/bootline.ts'
import { fetchFile } from '../../lab/fetching.ts'
import { makeFolder } from '../../lab/places.ts'
import { fileTest } from '../../store/databases.ts'
import { createManager, labelNow, labelsOf, type Manager } from './manager.ts'
import { bootAll, keepStarting, type Scene, sceneIn } from './scene.ts'

const count = Number(process.env.BOOTLINE_TEST_PHONES ?? 200)
const rounds = Number(process.env.BOOTLINE_TEST_KILLS ?? 5)
const chance = chanceOf(Number(process.env.BOOTLINE_TEST_SEED ?? 1))

const folder = makeFolder()
let scene: Scene
let phones: readonly VirtualPhone[]
let manager: Manager
/** Whose keys are saved again and again, by MAC. */
let managed: ReadonlyMap<string, string>
let server: Server | undefined

beforeAll(async () => {
  scene = await sceneIn(folder.path, count)
  phones = await scene.phones()
  const { token } = JSON.parse(
    await scene.run('tokens', 'create', 'drill', '--role', 'operator', '--json'),
  ) as { token: string }
  manager = createManager(scene.api, token, chance)
  const withKeys = phones.filter(({ hardware }) => hardware.model.kind === 'phone')
  managed = new Map(
    chance
      .some(withKeys, 20)
      .map(({ hardware, wanted }) => [hardware.mac, wanted.intent.ports[0]?.number ?? '']),
  )
})
afterAll(async () => {
  await server?.stop('SIGKILL')
  folder.remove()
})

/** What a phone may become while somebody saves: itself, with any of the labels that were ever sent for its line. */
function mayBe({ mac, outcome, differences }: Boot): boolean {
  if (outcome === 'ok' || outcome === 'unreachable') return true
  const line = managed.get(mac)
  if (outcome !== 'wrong' || line === undefined) return false
  const labels = new Set(manager.saves.filter((save) => save.line === line).map(({ label }) => label))
  return differences.every(({ where, is, should }) => {
    const [shown, wanted] = [is, should].map((text) => /^dial 3899 "([^"]*)"$/.exec(text)?.[1])
    return /^key \d+$/.test(where) && shown !== undefined && wanted !== undefined && labels.has(shown)
  })
}

/** Phones start and managers save, until `end` says so and the server is killed in the midst of it. */
async function killedInTheMidst(after: number, end: () => Promise<void>): Promise<number> {
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const bad: Boot[] = []
  let boots = 0
  const storming = keepStarting(phones, stop.signal, (boot) => {
    boots++
    if (!mayBe(boot)) bad.push(boot)
  })
  const enough = manager.saves.length + after
  let reached = (): void => {}
  const midst = new Promise<void>((resolve) => {
    reached = resolve
  })
  const about = (): void => {
    if (manager.saves.length >= enough) reached()
  }
  const lines = [...managed.values()]
  const third = Math.ceil(lines.length / 3)
  const working = [0, 1, 2].map((i) => manager.work(lines.slice(i * third, (i + 1) * third), about))
  await Promise.race([midst, ...working])
  await end()
  await Promise.all(working)
  stop.abort()
  await storming
  expect(bad.map(({ mac, outcome, detail, differences }) => ({ mac, outcome, detail, differences }))).toEqual(
    [],
  )
  return boots
}

/** Everything that was acknowledged is in the history of its line, and what is there now was the last or came later. */
async function expectNothingLost(): Promise<void> {
  await scene.look(async (store) => {
    for (const line of managed.values()) {
      const sent = manager.saves.filter((save) => save.line === line)
      const labels = await labelsOf(store, line)
      const acknowledged = sent.filter((save) => save.acknowledged).map(({ label }) => label)
      expect(labels).toEqual(expect.arrayContaining(acknowledged))
      expect(new Set(labels).size).toBe(labels.length)
      const last = acknowledged.at(-1)
      if (last === undefined) continue
      const now = await labelNow(store, line)
      const mayStand = sent.slice(sent.findLastIndex((save) => save.acknowledged)).map(({ label }) => label)
      expect(mayStand).toContain(now)
    }
  })
}

test(`a server that is killed ${rounds} times while ${count} phones start and managers save loses nothing`, async () => {
  server = await serve(scene.environment)
  await bootAll(phones)
  let boots = 0
  for (let round = 0; round < rounds; round++) {
    boots += await killedInTheMidst(3 + Math.floor(chance.next() * 12), async () => {
      await sleep(chance.next() * 30)
      await server?.stop('SIGKILL')
    })
    // Now and then the check comes before the server, and is the one that finds the database as it was left.
    if (round % 2 === 0) await scene.run('verify')
    server = await serve(scene.environment)
    if (round % 2 === 1) await scene.run('verify')
    await expectNothingLost()
    await scene.know(phones)
    await bootAll(phones.filter(({ hardware }) => managed.has(hardware.mac)))
  }
  await bootAll(phones)
  expect(boots).toBeGreaterThan(rounds)
  expect(manager.saves.filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(rounds)
}, 600_000)

interface Kept {
  readonly name: string
  readonly status: number
  readonly body: string
}

/** All files of a phone, as they are sent to it. */
async function filesOf({ hardware }: VirtualPhone): Promise<readonly Kept[]> {
  const { mac, model } = hardware
  const shown = JSON.parse(await scene.run('render', mac, '--json')) as { files: { name: string }[] }
  const account = await scene.look(
    async (store) => (await store.devices.readDevices([mac]))[0]?.state.account,
  )
  const fetching = {
    url: scene.url.href,
    address: ownAddress(mac, scene.url.hostname) ?? '127.0.0.1',
    userAgent: familyOf(model).userAgent(hardware, 'application') ?? '',
    ...(account ? { signIn: account } : {}),
  }
  return Promise.all(shown.files.map(async ({ name }) => ({ name, ...(await fetchFile(fetching, name)) })))
}

fileTest(
  'a backup made while serving brings an empty machine to where it was',
  async () => {
    const backup = join(folder.path, 'backup.db')
    const others = phones.filter(({ hardware }) => !managed.has(hardware.mac))
    const [phone] = others
    if (!phone) throw new Error('the fleet has no phone whose keys nobody saves')
    let acknowledged: readonly { readonly line: string; readonly label: string }[] = []
    let before: readonly Kept[] = []
    await killedInTheMidst(10, async () => {
      acknowledged = manager.saves
        .filter((save) => save.acknowledged)
        .map(({ line, label }) => ({ line, label }))
      await scene.run('backup', backup)
      before = await filesOf(phone)
      await server?.stop('SIGKILL')
    })
    // The machine is gone; what is left of it is the backup, the key and the certificates.
    const { BOOTLINE_DATA: data = '' } = scene.environment
    renameSync(data, `${data}.gone`)
    mkdirSync(data, { mode: 0o700 })
    cpSync(join(`${data}.gone`, 'bootline.key'), join(data, 'bootline.key'))
    await scene.run('restore', backup, '--yes')
    await scene.run('verify')
    server = await serve(scene.environment)

    for (const { line, label } of acknowledged)
      expect(await scene.look((store) => labelsOf(store, line))).toContain(label)
    expect(before.length).toBeGreaterThan(0)
    expect(before.every(({ status, body }) => status === 200 && body !== '')).toBe(true)
    expect(await filesOf(phone)).toEqual(before)
    await scene.know(phones)
    await bootAll(phones)
  },
  300_000,
)
