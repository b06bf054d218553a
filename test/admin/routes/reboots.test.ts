import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aubert, servingDevices, t54w, vvx } from '../helpers/devices.ts'

let api: Awaited<ReturnType<typeof servingDevices>>

beforeEach(async () => {
  api = await servingDevices()
})
afterEach(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

const queue = async (as = 'operator', query = '') =>
  (await api.ask('GET', `/reboots${query}`, { as })).body.items

describe('one device', () => {
  test('is queued, put off, and taken from the queue', async () => {
    const at = new Date(api.clock.now + 3_600_000).toISOString()
    const ordered = await api.ask('POST', `/devices/${vvx}/reboot`, { as: 'installer', body: {} })
    expect(ordered.body).toEqual({ dueAt: new Date(api.clock.now).toISOString(), isTold: true })
    expect(await queue()).toMatchObject([
      { mac: vvx, state: 'waiting', cause: 'order', who: 'installer@example.net' },
    ])
    const moved = await api.ask('PATCH', `/reboots/${vvx}`, { as: 'manager', body: { when: at } })
    expect(moved.body.dueAt).toBe(at)
    expect((await api.ask('DELETE', `/reboots/${vvx}`, { as: 'manager' })).status).toBe(204)
    expect(await queue()).toEqual([])
    expect((await api.ask('DELETE', `/reboots/${vvx}`)).status).toBe(404)
    expect((await api.ask('PATCH', `/reboots/${vvx}`, { body: { when: 'now' } })).status).toBe(404)
  })

  test('that is being told cannot be put off', async () => {
    await api.ask('POST', `/devices/${vvx}/reboot`, { body: { when: 'now' } })
    const [job] = await api.store.reboots.jobs({ mac: vvx, limit: 1 })
    await api.store.devices.saveRevisions([{ mac: vvx, revision: 'r1', at: api.clock.now }])
    expect(await api.store.reboots.claim(job?.id ?? 0, 'n', api.clock.now + 1000, api.clock.now)).toBe(true)
    const { status, body } = await api.ask('PATCH', `/reboots/${vvx}`, { body: { when: 'quiet' } })
    expect([status, body.code]).toEqual([409, 'reboot-under-way'])
  })

  test('waits for its company’s hour', async () => {
    const { body } = await api.ask('POST', `/devices/${vvx}/reboot`, { body: { when: '03:00' } })
    const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', timeStyle: 'short' })
    expect(shown.format(new Date(body.dueAt))).toBe('03:00')
  })

  test('is told at no time that is none, or over', async () => {
    for (const when of ['noon', '25:00', '2020-01-01T00:00:00Z']) {
      const { status, body } = await api.ask('POST', `/devices/${vvx}/reboot`, { body: { when } })
      expect([status, body.problems[0].path]).toEqual([422, 'when'])
    }
    expect(await queue()).toEqual([])
  })
})

describe('many devices', () => {
  test('are shown first and ordered then', async () => {
    const body = { company: 'Toine Immo', site: 'Grasse', when: 'quiet' }
    const plan = await api.ask('POST', '/reboots?dryRun=true', { as: 'manager', body })
    expect(plan.body.ordered).toBe(false)
    expect(await queue()).toEqual([])
    const done = await api.ask('POST', '/reboots', { as: 'manager', body })
    expect(done.body).toEqual({ ...plan.body, ordered: true })
    const queued = (await queue('manager')).map(({ mac }: { mac: string }) => mac)
    expect(queued.toSorted()).toEqual(done.body.devices.map(({ mac }: { mac: string }) => mac).toSorted())
    expect(queued).not.toContain(aubert)
  })

  test('are meant as the list of devices is narrowed', async () => {
    const body = { standing: 'awaited', search: 'biel' }
    const plan = await api.ask('POST', '/reboots?dryRun=true', { as: 'manager', body })
    expect(plan.body.devices.map(({ mac }: { mac: string }) => mac)).toEqual([vvx])
  })

  test('are named in any writing, and all of them are within reach or none is told', async () => {
    const named = (macs: string[], as: string) => api.ask('POST', '/reboots', { as, body: { macs } })
    const mixed = await named(['64:16:7f:b2:69:d6', aubert, 'moon'], 'manager')
    expect(mixed.status).toBe(422)
    expect(mixed.body.problems.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual(
      [
        ['macs[2]', 'mac-invalid'],
        ['macs[1]', 'device-unknown'],
      ],
    )
    expect(await queue()).toEqual([])
    const good = await named(['64:16:7F:B2:69:D6', '805e.c0aa.0001'], 'manager')
    expect(good.body.devices.map(({ mac }: { mac: string }) => mac)).toEqual([vvx, t54w])
  })

  test('of everybody need to be meant', async () => {
    for (const body of [{}, { site: 'Grasse' }, { macs: [vvx], company: 'Toine Immo' }])
      expect((await api.ask('POST', '/reboots', { body })).status).toBe(422)
    const others = await api.ask('POST', '/reboots', { as: 'stranger', body: { company: 'Toine Immo' } })
    expect(others.body.devices).toEqual([])
    expect((await api.ask('POST', '/reboots', { as: 'user', body: { macs: [vvx] } })).status).toBe(403)
  })
})

test('the queue shows each only what he reaches, by pages', async () => {
  for (const mac of [vvx, t54w, aubert]) await api.ask('POST', `/devices/${mac}/reboot`, { body: {} })
  const seen = async (as: string) => (await queue(as)).map(({ mac }: { mac: string }) => mac)
  expect(await seen('manager')).toEqual([vvx, t54w])
  expect(await seen('stranger')).toEqual([aubert])
  expect(await seen('elsewhere')).toEqual([])
  expect(await seen('user')).toEqual([vvx])
  const first = await api.ask('GET', '/reboots?limit=2')
  const rest = await api.ask('GET', `/reboots?limit=2&after=${first.body.next}`)
  expect(rest.body.items.map(({ mac }: { mac: string }) => mac)).toEqual([aubert])
  expect(rest.body.next).toBeUndefined()
  expect(await queue('operator', '?state=told')).toEqual([])
})
