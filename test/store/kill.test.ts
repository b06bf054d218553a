import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { largeFleet, opened, richFleet, save, temporaryFolder } from './support.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** Inside the checkout, so that the built copy finds its dependencies. */
const built = join(root, 'node_modules', '.cache', `bootline-kill-${process.pid}`)

/** Node alone does not run TypeScript: the child gets a copy of the store without types. */
async function build(): Promise<void> {
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    rewriteRelativeImportExtensions: true,
  }
  for (const folder of ['src/domain', 'src/store', 'src/store/migrations']) {
    await mkdir(join(built, folder), { recursive: true })
    for (const name of await readdir(join(root, folder))) {
      if (!name.endsWith('.ts')) continue
      const { outputText } = ts.transpileModule(await readFile(join(root, folder, name), 'utf8'), {
        compilerOptions,
      })
      await writeFile(join(built, folder, name.replace(/ts$/, 'js')), outputText)
    }
  }
  await writeFile(join(built, 'package.json'), '{"type":"module"}')
  await writeFile(join(built, 'child.js'), childSource)
}

/** Saves the fleet it is given, says when it has come to the given step, and waits there for its end. */
const childSource = `
import { readFileSync, writeSync } from 'node:fs'
import { openStore } from './src/store/store.js'
import { diffFleets } from './src/domain/diff.js'
const { folder, before, after, moment } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const reached = (step, wait) => {
  if (step !== moment) return
  writeSync(1, 'reached')
  if (wait) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
const store = await openStore({ folder })
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

beforeAll(build)
afterAll(() => rm(built, { recursive: true, force: true }))

/** Runs the child until it is where it should be, then kills it without a warning. */
async function killedThere(job: string): Promise<void> {
  const child = spawn(process.execPath, [join(built, 'child.js'), job], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  child.stdout.once('data', () => child.kill('SIGKILL'))
  expect(await ended).toBe('SIGKILL')
}

const count = 2000
const large = [...richFleet, largeFleet(count)]

test.each([
  ['as lines are written', 500, richFleet],
  ['as keys are written', count + 1000, richFleet],
  ['when all is written', count * 3, richFleet],
  ['around the commit', 'committing', undefined],
  ['just after the commit', 'committed', large],
])('killed %s, the store is as before or as after, never between', async (_, moment, expected) => {
  const folder = await temporaryFolder()
  const store = await opened({ folder })
  await save(store, [], richFleet)
  await store.close()
  const job = join(await temporaryFolder(), 'job.json')
  await writeFile(job, JSON.stringify({ folder, before: richFleet, after: large, moment }))
  await killedThere(job)
  const again = await opened({ folder })
  await again.check()
  const left = await again.readFleet({ secrets: true })
  expect([richFleet.length, large.length]).toContain(left.length)
  expect(left).toStrictEqual(expected ?? (left.length === large.length ? large : richFleet))
  expect(await again.generation()).toBe(left.length === large.length ? 2 : 1)
})
