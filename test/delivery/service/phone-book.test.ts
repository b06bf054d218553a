import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { ask } from './asking.ts'
import { company, fleet } from './fleet.ts'
import { type Running, run, temporaryFolder } from './running.ts'

let certs: string
beforeAll(async () => {
  certs = await temporaryFolder()
})
afterAll(() => rm(certs, { recursive: true }))

const t54w = '805ec0aa0001'
const t46g = '0015654aa937'
const vvx = '64167fb269d6'
const devices = { [t54w]: 'yealink/t54w', [t46g]: 'yealink/t46g', [vvx]: 'polycom/vvx-450' }
const path = (mac: string) => `/${mac}-phonebook.xml`

const named = (name: string) => company({ devices, lines: { [vvx]: { name, shortNumber: '1717' } } })

async function started(): Promise<Running> {
  const elsewhere = company({
    name: 'Elsewhere',
    from: 33483070000,
    devices: { '805ec0bb0001': 'yealink/t54w' },
  })
  const running = await run(fleet(named('Léa & Co'), elsewhere), { certs, only: ['http'] })
  onTestFinished(() => running.stop())
  return running
}

const get = (running: Running, mac: string, more: object = {}) =>
  ask(running.port('http'), { path: path(mac), ...more })

it('lists the company of the device that asks, and is told from its former self', async () => {
  const running = await started()
  const told = await get(running, t54w)
  expect(told).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } })
  const names = [...told.body.toString().matchAll(/<Name>(.*)<\/Name>/g)].map(([, name]) => name)
  expect(names).toEqual(['Léa &amp; Co', 'Line 0', 'Line 1'])
  expect(told.body.toString()).toContain(
    '<Telephone>+33483060002</Telephone>\n    <Telephone>1717</Telephone>',
  )
  expect(told.body.toString()).not.toContain('Secret')
  const headers = { 'If-None-Match': told.headers.etag ?? '' }
  expect((await get(running, t54w, { headers })).status).toBe(304)
  expect((await get(running, t54w, { method: 'HEAD' })).headers['content-length']).toBe(
    String(told.body.length),
  )
})

it('has a new name at once, and no device has another revision for it', async () => {
  const running = await started()
  const before = await get(running, t54w)
  const revisions = () =>
    Promise.all(
      [t54w, t46g].map(async (mac) => (await running.store.devices.deviceState(mac))?.revision ?? 'none'),
    )
  const files = () =>
    Promise.all(
      [t54w, t46g].map(
        async (mac) => (await ask(running.port('http'), { path: `/${mac}.cfg` })).headers.etag,
      ),
    )
  const [first, tags] = [await revisions(), await files()]
  expect(first).not.toContain('none')
  await running.apply(fleet(named('Maïa')))
  const headers = { 'If-None-Match': before.headers.etag ?? '' }
  const after = await get(running, t54w, { headers })
  expect(after.status).toBe(200)
  expect(after.body.toString()).toContain('<Name>Maïa</Name>')
  expect(after.body.toString()).not.toContain('Léa')
  // The one whose name it is has other files: once they are there, the others have been looked at as well.
  await expect
    .poll(async () =>
      (await ask(running.port('http'), { path: `/${vvx}-lines.cfg` })).body.toString().includes('Maïa'),
    )
    .toBe(true)
  expect(await revisions()).toEqual(first)
  expect(await files()).toEqual(tags)
})

it('is written down as what it is, and brings no device nearer to its revision', async () => {
  const running = await started()
  await get(running, t54w)
  await expect.poll(async () => (await running.store.devices.deliveriesOf(t54w, 10)).length).toBe(1)
  const [record] = await running.store.devices.deliveriesOf(t54w, 10)
  expect(record).toMatchObject({ kind: 'phone-book', status: 200, complete: true, name: path(t54w).slice(1) })
  expect(record?.revision).toBeUndefined()
  expect((await running.store.devices.deviceState(t54w))?.deliveredRevision).toBeUndefined()
})

it('is for the device alone: a stranger, and another source once it was there, get what any name gets', async () => {
  const running = await started()
  for (const mac of [t54w, t46g]) expect((await get(running, mac)).status).toBe(200)
  const refused = await Promise.all([
    get(running, t54w, { from: '127.0.4.1' }),
    get(running, '805ec0ffffff', { from: '127.0.4.2' }),
    ask(running.port('http'), { path: '/805ec0ffffff.cfg', from: '127.0.4.3' }),
  ])
  for (const { status, body } of refused) {
    expect(status).toBe(401)
    expect(body.toString()).not.toContain('Line')
  }
  const account = (await running.store.devices.deviceState(t54w))?.account
  const authorization = `Basic ${Buffer.from(`${account?.user}:${account?.password}`).toString('base64')}`
  const roaming = { from: '127.0.4.4', headers: { Authorization: authorization } }
  expect((await get(running, t54w, roaming)).status).toBe(200)
  expect((await get(running, t46g, roaming)).status).toBe(401)
})

it('is absent for a device that reads none, and for one that was unlinked', async () => {
  const running = await started()
  expect((await get(running, vvx)).status).toBe(404)
  expect((await get(running, t54w)).status).toBe(200)
  await running.apply(fleet(company({ devices, lines: { [t54w]: { equipment: null } } })))
  await expect.poll(async () => (await get(running, t54w)).status).toBe(404)
})
