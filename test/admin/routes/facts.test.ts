import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firmwareRoutes } from '../../../src/admin/routes/firmware.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { servingDevices, vvx } from '../helpers/devices.ts'

let api: Awaited<ReturnType<typeof servingDevices>>

beforeAll(async () => {
  api = await servingDevices()
  await api.store.devices.closeWindow(vvx, api.clock.now + 60_000)
})
afterAll(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

test('counts what there is in a company', async () => {
  const { body } = await api.ask('GET', '/facts?company=Toine%20Immo')
  expect(body.items).toHaveLength(1)
  const [facts] = body.items
  expect(facts).toMatchObject({
    sites: 2,
    linesToComplete: 1,
    devices: { awaited: 6, 'never-seen': 1, 'in-sync': 0, behind: 0, 'turned-away': 0, unlinked: 0 },
  })
  expect(facts.lines).toContainEqual({ kind: 'analog', total: 2, withEquipment: 2, withoutEquipment: 0 })
  expect(facts.lines).toContainEqual({ kind: 'mobile', total: 1, withEquipment: 0, withoutEquipment: 1 })
})

test('counts for each only what he reaches', async () => {
  const of = async (as: string) => (await api.ask('GET', '/facts', { as })).body.items
  expect((await of('operator')).map(({ company }: { company: string }) => company)).toEqual([
    'Menuiserie Aubert',
    'Toine Immo',
  ])
  expect((await of('stranger')).map(({ company }: { company: string }) => company)).toEqual([
    'Menuiserie Aubert',
  ])
  const [elsewhere] = await of('elsewhere')
  expect(elsewhere).toMatchObject({ sites: 1, linesToComplete: 1, devices: { awaited: 0 } })
  expect(elsewhere.lines).toEqual([{ kind: 'fixed', total: 1, withEquipment: 1, withoutEquipment: 0 }])
  const { body: found } = await api.ask('GET', '/facts?search=IMMÔ%20toi')
  expect(found.items.map(({ company }: { company: string }) => company)).toEqual(['Toine Immo'])
  const first = await api.ask('GET', '/facts?limit=1')
  expect((await api.ask('GET', `/facts?limit=1&after=${first.body.next}`)).body.items[0].company).toBe(
    'Toine Immo',
  )
})

test('counts what there is at each site, and for each only what he reaches', async () => {
  const of = async (as: string) =>
    (await api.ask('GET', '/facts/sites?company=Toine%20Immo', { as })).body.items
  const [grasse, reunion] = await of('operator')
  expect(grasse).toMatchObject({
    site: 'Grasse',
    linesToComplete: 0,
    devices: { awaited: 6, 'never-seen': 1 },
  })
  expect(grasse.lines).toBeGreaterThan(grasse.withEquipment)
  expect(reunion).toMatchObject({ site: 'Saint-Denis', lines: 1, withEquipment: 1, linesToComplete: 1 })
  expect((await of('elsewhere')).map(({ site }: { site: string }) => site)).toEqual(['Saint-Denis'])
  expect(await of('stranger')).toEqual([])
})

test('models tell their keys and how much is known of them', async () => {
  const { body } = await api.ask('GET', '/models', { as: 'user' })
  expect(body.items).toHaveLength(catalogue.models.length)
  const one = await api.ask('GET', '/models/polycom/vvx-450', { as: 'user' })
  expect(one.body).toMatchObject({ id: 'polycom/vvx-450', keys: 47, ports: 1 })
  const found = await api.ask('GET', '/models?maker=yealink&search=t54')
  expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual(['yealink/t54s', 'yealink/t54w'])
  expect((await api.ask('GET', '/models/polycom/none')).status).toBe(404)
})

test('parameters are found by a part of their name, each with its source', async () => {
  const { body } = await api.ask('GET', '/parameters?maker=yealink&search=linekey&limit=3')
  expect(body.items).toHaveLength(3)
  expect(body.total).toBeGreaterThan(3)
  for (const { name, source } of body.items) {
    expect(name.toLowerCase()).toContain('linekey')
    expect(source).not.toBe('')
  }
  expect((await api.ask('GET', '/parameters?maker=nobody')).status).toBe(404)
})

test('firmware and certificates are for operators', async () => {
  for (const path of ['/firmware', '/certificates']) {
    expect((await api.ask('GET', path, { as: 'manager' })).status).toBe(403)
    expect((await api.ask('GET', path)).status).toBe(200)
  }
})

test('an image tells which models take it', async () => {
  const folder = join(api.services.settings.data, 'images')
  mkdirSync(folder)
  writeFileSync(join(folder, '96.86.0.5.rom'), '')
  writeFileSync(join(folder, '96.86.0.30.rom'), '')
  writeFileSync(join(folder, 'holiday.jpg'), '')
  const services = { ...api.services, settings: { ...api.services.settings, firmware: folder } }
  const reply = await firmwareRoutes[0]?.handle({ services } as never)
  expect(reply?.body).toMatchObject({
    items: [
      { image: '96.86.0.5.rom', models: [], passedOver: expect.arrayContaining(['yealink/t54w']) },
      { image: '96.86.0.30.rom', models: expect.arrayContaining(['yealink/t54w']), passedOver: [] },
      { image: 'holiday.jpg', models: [], passedOver: [] },
    ],
  })
})
