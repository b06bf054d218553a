import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltStore, buildStore } from './built-store.ts'
import { onServer, whereOf } from './databases.ts'
import { largeFleet, opened, richFleet, save, temporaryFolder } from './support.ts'

/** Saves the fleet it is given, says when it has come to the given step, and waits there for its end. */
const childSource = `
import { readFileSync, writeSync } from 'node:fs'
import { openStore } from './src/store/store.js'
import { diffFleets } from './src/domain/diff.js'
const { before, after, moment, ...where } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const reached = (step, wait) => {
  if (step !== moment) return
  writeSync(1, 'reached')
  if (wait) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
const store = await openStore(where)
await store.write({ name: 'child', source: 'cli' }, async (w) => {
  await w.saveDiff(diffFleets(before, after), [], {
    summary: 'to be killed',
    passwordOrigin: () => 'operator',
    makeAccount: () => ({ user: 'u', password: 'p' }),
    onProgress: (done) => reached(done, true),
  })
  reached('committing', false)
})
reached('committed', true)
setInterval(() => {}, 1000)
`

let built: BuiltStore

beforeAll(async () => {
  built = await buildStore('kill', childSource)
})
afterAll(() => built.remove())

/** Runs the child until it is where it should be, then kills it without a warning. */
async function killedThere(job: string): Promise<void> {
  const child = spawn(process.execPath, [built.program, job], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  child.stdout.once('data', () => child.kill('SIGKILL'))
  expect(await ended).toBe('SIGKILL')
}

const count = onServer ? 1000 : 2000
const large = [...richFleet, largeFleet(count)]

test.each([
  ['as lines are written', 500, richFleet],
  ['as keys are written', count + 500, richFleet],
  ['when all is written', count * 3, richFleet],
  ['around the commit', 'committing', undefined],
  ['just after the commit', 'committed', large],
])('killed %s, the store is as before or as after, never between', async (_, moment, expected) => {
  const folder = await temporaryFolder()
  const store = await opened({ folder })
  await save(store, [], richFleet)
  await store.close()
  const job = join(await temporaryFolder(), 'job.json')
  await writeFile(job, JSON.stringify({ ...whereOf(folder), before: richFleet, after: large, moment }))
  await killedThere(job)
  const again = await opened({ folder })
  await again.check()
  const left = await again.readFleet({ secrets: true })
  expect([richFleet.length, large.length]).toContain(left.length)
  expect(left).toStrictEqual(expected ?? (left.length === large.length ? large : richFleet))
  expect(await again.generation()).toBe(left.length === large.length ? 2 : 1)
})
