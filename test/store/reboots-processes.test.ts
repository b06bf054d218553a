import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltStore, buildStore } from './built-store.ts'
import { whereOf } from './databases.ts'
import { changed, heard, job, mac, noon, onDevice, rendered, settled, story } from './reboots-support.ts'
import { company, impact, opened, save, temporaryFolder } from './support.ts'

/**
 * Another server on the same store. Told to work, it takes whatever it can have in hand and tells it; told to hang, it
 * stops with one job in hand. It says on its output which devices it took.
 */
const childSource = `
import { writeSync } from 'node:fs'
import { openStore } from './src/store/store.js'
const [where, node, what, time] = process.argv.slice(2)
const now = Number(time)
const { reboots, close } = await openStore(JSON.parse(where))
writeSync(1, 'ready ')
await new Promise((go) => process.stdin.once('data', go))
for (let due = await reboots.due(now, 7, 7); due.length > 0; due = await reboots.due(now, 7, 7)) {
  for (const { id, mac } of due) {
    if (!(await reboots.claim(id, node, now + 45000, now))) continue
    writeSync(1, mac + ' ')
    if (what === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    const told = { state: 'told', told: true, dueAt: now + 120000, attempts: 1, result: 'heard', detail: '200 OK', at: now }
    if (!(await reboots.settle(id, node, told))) writeSync(1, 'lost ')
  }
}
await close()
process.stdin.destroy()
`

let built: BuiltStore
beforeAll(async () => {
  built = await buildStore('reboots', childSource)
})
afterAll(() => built.remove())

function server(
  folder: string,
  node: string,
  what: 'work' | 'hang',
): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const child = spawn(
    process.execPath,
    [built.program, JSON.stringify(whereOf(folder)), node, what, String(noon)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  return child as typeof child & { stdout: NodeJS.ReadableStream }
}

test('of many processes, one tells each device', async () => {
  const folder = await temporaryFolder()
  const macs = Array.from({ length: 60 }, (_, i) => (0x805ec0001000 + i).toString(16))
  const a = company('A', { lines: macs.map((each, i) => onDevice(`+33${1000 + i}`, each)) })
  const store = await settled([a], undefined, folder)
  await save(
    store,
    [],
    [],
    macs.map((each) => impact(each, 'kept')),
  )
  await rendered(store, 'r1', macs)

  const servers = ['a', 'b', 'c'].map((node) => server(folder, node, 'work'))
  await Promise.all(servers.map(({ stdout }) => once(stdout, 'readable')))
  const said = servers.map(({ stdout }) => text(stdout))
  for (const { stdin } of servers) stdin?.end('go')
  const took = (await Promise.all(said)).map((words) => words.trim().split(' ').slice(1))
  expect(took.flat().toSorted()).toEqual(macs)
  expect(await store.reboots.count()).toEqual({ waiting: 0, sending: 0, told: 60, 'given-up': 0 })
  expect(await store.reboots.sentSince(noon)).toHaveLength(60)
})

test('a server that is killed with a device in hand: its lease ends, and another one tells the device', async () => {
  const folder = await temporaryFolder()
  const store = await settled(undefined, undefined, folder)
  await changed(store)
  await rendered(store, 'r1')
  await store.close()

  const child = server(folder, 'a', 'hang')
  await once(child.stdout, 'readable')
  child.stdin?.write('go')
  const exit = once(child, 'exit')
  for await (const chunk of child.stdout) if (String(chunk).includes(mac)) child.kill('SIGKILL')
  expect((await exit)[1]).toBe('SIGKILL')

  const again = await opened({ folder })
  expect(await job(again)).toMatchObject({ state: 'sending', attempts: 0 })
  // Nobody knows whether it told the device: for the rate it did, for the story not.
  expect(await again.reboots.sentSince(noon)).toEqual([{ place: 'A / Grasse', at: noon }])
  expect(await story(again)).toEqual(['queued'])
  expect(await again.reboots.due(noon + 44_999, 1, 1)).toEqual([])
  const [due] = await again.reboots.due(noon + 45_000, 1, 1)
  expect(due?.mac).toBe(mac)
  expect(await again.reboots.claim(due?.id ?? 0, 'b', noon + 90_000, noon + 45_000)).toBe(true)
  expect(await again.reboots.settle(due?.id ?? 0, 'b', { ...heard, at: noon + 46_000 })).toBe(true)
  expect(await story(again)).toEqual(['queued', 'told'])
})
