import { afterEach, beforeEach, expect, test } from 'vitest'
import { aubert, delivery, servingDevices, t54w, vvx } from '../helpers/devices.ts'

const [near, shared, far] = ['805ec0bb0001', '805ec0bb0002', '805ec0bb0003']

let api: Awaited<ReturnType<typeof servingDevices>>

beforeEach(async () => {
  api = await servingDevices()
  const { devices } = api.store
  const at = api.clock.now
  await devices.recordDeliveries([
    delivery(vvx, at, { source: '192.0.2.7' }),
    delivery(t54w, at, { source: '198.51.100.1' }),
    delivery(aubert, at, { source: '198.51.100.1' }),
  ])
  const found = (mac: string, source: string) => ({
    at,
    mac,
    maker: 'yealink',
    model: 'yealink/t46s',
    source,
    name: `${mac}.cfg`,
  })
  await devices.recordDiscovered([
    found(near, '192.0.2.7'),
    found(shared, '198.51.100.1'),
    found(far, '203.0.113.9'),
  ])
})
afterEach(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

const seen = async (as: string) =>
  (await api.ask('GET', '/discovered', { as })).body.items.map(({ mac }: { mac: string }) => mac)

test('an operator sees every device that asked', async () => {
  expect(await seen('operator')).toEqual([near, shared, far])
  const { body } = await api.ask('GET', '/discovered?limit=1')
  expect(body).toMatchObject({
    items: [{ mac: near, model: 'yealink/t46s', label: 'Yealink T46S', address: '192.0.2.7', times: 1 }],
    next: near,
  })
})

test('others see those that asked from where only their own devices are', async () => {
  expect(await seen('manager')).toEqual([near])
  expect(await seen('installer')).toEqual([near])
  expect(await seen('elsewhere')).toEqual([])
  // Both companies were seen at the shared address, so it says nothing of whose the device is.
  expect(await seen('stranger')).toEqual([])
  expect((await api.ask('GET', '/discovered', { as: 'user' })).status).toBe(403)
})

test('nobody forgets what he does not see', async () => {
  expect((await api.ask('DELETE', `/discovered/${far}`, { as: 'manager' })).status).toBe(404)
  expect((await api.ask('DELETE', '/discovered/80:5e:c0:bb:00:01', { as: 'manager' })).status).toBe(204)
  expect((await api.ask('DELETE', '/discovered/nothing')).status).toBe(404)
  expect(await seen('operator')).toEqual([shared, far])
})

test('a site shows those of its own network, to who reaches it', async () => {
  const at = async (company: string, site: string, as: string) => {
    const query = new URLSearchParams({ company, site })
    const { body } = await api.ask('GET', `/discovered?${query}`, { as })
    return body.items.map(({ mac }: { mac: string }) => mac)
  }
  expect(await at('Toine Immo', 'Grasse', 'operator')).toEqual([near])
  expect(await at('Toine Immo', 'Grasse', 'installer')).toEqual([near])
  expect(await at('Toine Immo', 'Saint-Denis', 'operator')).toEqual([])
  expect(await at('Toine Immo', 'Grasse', 'stranger')).toEqual([])
  expect((await api.ask('GET', '/discovered?site=Grasse')).status).toBe(400)
})

test('what is known of an address is told in any writing of it, as far as one sees', async () => {
  const look = async (mac: string, as = 'operator') =>
    (await api.ask('GET', `/equipment/mac?${new URLSearchParams({ mac })}`, { as })).body
  expect(await look('80-5E-C0-BB-00-03')).toMatchObject({
    mac: far,
    makers: ['yealink'],
    lines: [],
    discovered: { mac: far, model: 'yealink/t46s' },
  })
  expect((await look(far, 'installer')).discovered).toBeUndefined()
  expect((await look(near, 'installer')).discovered.mac).toBe(near)
  expect((await look(vvx)).lines[0].equipment.mac).toBe(vvx)
  expect((await look(vvx, 'stranger')).lines).toEqual([])
  const refused = await api.ask('GET', '/equipment/mac?mac=64:16')
  expect([refused.status, refused.body.problems[0].code]).toEqual([422, 'mac-invalid'])
})
