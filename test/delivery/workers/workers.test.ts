import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { fillFolder, newFolder, type Serving, serve } from './crew.ts'
import { hold, signedIn } from './held.ts'

/** Each test has devices of its own: what one takes, or holds against an address, is of no matter to another. */
const taking = '64167fb26901'
const changing = '805ec0aa0001'
const contested = '805ec0aa0011'
const guessed = '805ec0aa0021'
const signing = '805ec0aa0031'
const devices = {
  [taking]: 'polycom/vvx-450',
  ...Object.fromEntries([changing, contested, guessed, signing].map((mac) => [mac, 'yealink/t54w'])),
}

const folder = mkdtempSync(join(tmpdir(), 'bootline-workers-'))
let store: Store
let serving: Serving

beforeAll(async () => {
  newFolder(folder)
  store = await fillFolder(folder, devices)
  serving = await serve(folder, store)
}, 60_000)

afterAll(async () => {
  await serving?.stop()
  await store?.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

test('both workers answer over both listeners, and only then is the server ready', async () => {
  for (const listener of ['http', 'https'] as const) {
    const held = await Promise.all([1, 2].map((worker) => serving.at(worker, { listener })))
    for (const each of held) each.close()
  }
  const ready = await fetch(`http://127.0.0.1:${serving.port('admin')}/readyz`)
  expect(ready.status).toBe(200)
})

test('a device has its files when it has taken some at one worker and some at the other', async () => {
  const from = '127.0.1.1'
  const [one, two] = await Promise.all([serving.at(1, { from }), serving.at(2, { from })])
  for (const [i, ending] of ['', '-lines', '-settings', '-directory'].entries()) {
    const path = `/${taking}${ending}.${ending === '-directory' ? 'xml' : 'cfg'}`
    expect((await (i % 2 === 0 ? one : two).ask(path)).status, path).toBe(200)
  }
  const line = await serving.said(({ msg, mac }) => msg === 'a device has its files' && mac === taking)
  await expect
    .poll(async () => (await store.devices.deviceState(taking))?.deliveredRevision)
    .toBe(line.revision)
  const metrics = await (await fetch(`http://127.0.0.1:${serving.port('admin')}/metrics`)).text()
  expect(metrics).toMatch(
    /bootline_requests_total\{transport="http",vendor="polycom",kind="device",answer="200"\} 4\n/,
  )
  expect(metrics).toContain('bootline_workers 2\n')
})

test('a change through the API is served by both workers', async () => {
  const from = '127.0.1.2'
  const held = await Promise.all([serving.at(1, { from }), serving.at(2, { from })])
  const renamed = (): Promise<readonly boolean[]> =>
    Promise.all(held.map(async (each) => (await each.ask(`/${changing}.cfg`)).body.includes('Renamed')))
  expect(await renamed()).toEqual([false, false])
  const shortcuts = { shortcuts: [{ number: '3899', label: 'Renamed' }] }
  const path = '/lines/%2B33483060001/keys'
  const { etag } = await serving.api('GET', path)
  const { status, body } = await serving.api('PUT', path, shortcuts, etag)
  expect(status, JSON.stringify(body)).toBe(200)
  await expect.poll(renamed).toEqual([true, true])
})

test('a TLS session is taken up at the other worker', async () => {
  const first = await serving.at(1, { listener: 'https' })
  const { session } = first
  if (!session) return expect.fail('there is no session')
  const workers = new Set<unknown>()
  for (let i = 0; workers.size < 2; i++) {
    const again = await hold(serving.port('https'), { tls: true, session })
    expect(again.resumed).toBe(true)
    const name = `again-${i}/805ec0ee00${String(i % 20).padStart(2, '0')}.cfg`
    await again.ask(`/${name}`)
    workers.add((await serving.said((line) => line.name === name)).worker)
    again.close()
  }
  expect([...workers].sort()).toEqual([1, 2])
})

test('of two addresses that come to two workers at one moment, one has the window', async () => {
  const one = await serving.at(1, { from: '127.0.1.3' })
  const two = await serving.at(2, { from: '127.0.1.4' })
  const answers = await Promise.all([one, two].map((each) => each.ask(`/${contested}.cfg`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
})

test('who guesses a little at each worker is shut out at both, and forgiven at both', async () => {
  const from = '127.0.1.5'
  // Each worker alone sees half of what shuts a source out. Far from each other, each name counts the same, in whatever
  // order the workers tell of them.
  const guesses = 64
  const held = await Promise.all(Array.from({ length: guesses }, (_, i) => serving.at(1 + (i % 2), { from })))
  const asked = held.map((each, i) => each.ask(`/805ec0bb${i.toString(16).padStart(2, '0')}00.cfg`))
  await Promise.all(asked)
  await serving.said(({ event, source }) => event === 'guessing-started' && source === from)
  const [one, two] = [await serving.at(1, { from }), await serving.at(2, { from })]
  for (const each of [one, two]) {
    await expect.poll(async () => (await each.ask(`/${guessed}.cfg`)).status, { timeout: 10_000 }).toBe(401)
  }
  const listed = await serving.api('GET', '/guard')
  expect(listed.body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ source: from, shutOut: true })]),
  })
  expect((await serving.api('POST', '/guard/forgive', { source: from })).body).toEqual({ forgiven: true })
  for (const each of [two, one]) {
    await expect.poll(async () => (await each.ask(`/${guessed}.cfg`)).status, { timeout: 10_000 }).toBe(200)
  }
})

test('a device signs in with the nonce of another worker, once, and its window is closed at both', async () => {
  const [near, far] = ['127.0.1.6', '127.0.1.7']
  const inWindow = await serving.at(1, { from: near })
  expect((await inWindow.ask(`/${signing}.cfg`)).status).toBe(200)
  const [one, two] = [await serving.at(1, { from: far }), await serving.at(2, { from: far })]
  const challenge = (await one.ask(`/${signing}.cfg`)).headers['www-authenticate'] ?? ''
  const account = (await store.devices.deviceState(signing))?.account ?? expect.fail('there is no account')
  const proof = signedIn(challenge, account, `/${signing}.cfg`, 1)
  expect((await two.ask(`/${signing}.cfg`, proof)).status).toBe(200)
  // Each time a count that was not used: what is seen is that the used one becomes a replay at the other worker.
  await expect.poll(async () => (await inWindow.ask(`/${signing}.cfg`)).status).toBe(401)
  const replay = await one.ask(`/${signing}.cfg`, proof)
  expect(replay).toMatchObject({ status: 401 })
  expect(replay.headers['www-authenticate']).toContain('stale=true')
  const next = signedIn(challenge, account, `/${signing}.cfg`, 2)
  expect((await one.ask(`/${signing}.cfg`, next)).status).toBe(200)
})

test('a worker that is killed is begun again, and devices are served meanwhile', async () => {
  const former = serving.processOf(1)
  process.kill(former, 'SIGKILL')
  await serving.said(({ msg, worker }) => msg === 'a worker ended and is begun again' && worker === 1)
  const ready = await fetch(`http://127.0.0.1:${serving.port('admin')}/readyz`)
  expect(await ready.json()).toEqual({ ready: false, reasons: ['listeners'] })
  for (let i = 0; i < 50; i++) {
    const held = await hold(serving.port('http'), { tls: false })
    expect((await held.ask(`/805ec0ee00${String(i % 20).padStart(2, '0')}.cfg`)).status).toBe(200)
    held.close()
  }
  const isBack = (line: Readonly<Record<string, unknown>>): boolean =>
    line.msg === 'a worker serves devices' && line.worker === 1 && line.process !== former
  await serving.said(isBack)
  const held = await serving.at(1, { listener: 'https' })
  held.close()
}, 30_000)

test('told to stop, the server ends with its workers, and what they served is on record', async () => {
  const workers = [serving.processOf(1), serving.processOf(2)]
  const mac = '805ec0ee0007'
  const held = await serving.at(2)
  expect((await held.ask(`/${mac}.boot`)).status).toBe(200)
  expect(await serving.stop()).toBe(0)
  expect(workers.filter(isAlive)).toEqual([])
  const [last] = await store.devices.deliveriesOf(mac, 1)
  expect(last).toMatchObject({ name: `${mac}.boot`, status: 200 })
})

test('a server that is killed takes its workers with it, and leaves its ports', async () => {
  const other = await serve(folder, store)
  onTestFinished(() => void other.child.kill('SIGKILL'))
  const workers = [other.processOf(1), other.processOf(2)]
  expect(workers.filter(isAlive)).toEqual(workers)
  other.child.kill('SIGKILL')
  await expect.poll(() => workers.filter(isAlive), { timeout: 10_000 }).toEqual([])
  const port = other.port('http')
  await expect(
    new Promise((resolve, reject) => connect(port, '127.0.0.1').on('connect', resolve).on('error', reject)),
  ).rejects.toThrow('ECONNREFUSED')
}, 60_000)

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
