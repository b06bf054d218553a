import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { equipmentRoutes } from '../../../src/admin/routes/equipment.ts'
import { keyRoutes } from '../../../src/admin/routes/keys.ts'
import { lineRoutes } from '../../../src/admin/routes/lines.ts'
import { fits, servingFleet } from '../helpers/fleet.ts'

const routes = [...lineRoutes, ...equipmentRoutes, ...keyRoutes]
const routeOf = (id: string) => routes.find((route) => route.id === id)
const line = '/lines/+33483050173'

let api: Awaited<ReturnType<typeof servingFleet>>

beforeEach(async () => {
  api = await servingFleet(routes)
})
afterEach(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

const guarded = async (method: string, path: string, body?: unknown, as = 'manager') =>
  api.ask(method, path, {
    as,
    ...(body === undefined ? {} : { body }),
    headers: { 'If-Match': await api.etagOf(path.replace(/\?.*/, '')) },
  })

const numbers = (body: { items: { number: string }[] }) => body.items.map(({ number }) => number)

describe('looking for lines', () => {
  test('everybody finds what is his to see, and no more', async () => {
    const seen = async (as: string, query = '') =>
      numbers((await api.ask('GET', `/lines${query}`, { as })).body)
    expect(await seen('operator')).toHaveLength(5)
    expect(await seen('manager')).toHaveLength(4)
    expect(await seen('stranger')).toEqual(['+33144000001'])
    expect(await seen('installer')).toEqual(['+33483050173', '+33483050188', '+33483050199'])
    expect(await seen('user')).toEqual(['+33483050173'])
    expect(await seen('manager', '?company=Other')).toEqual([])
    expect(await seen('manager', '?search=hidden')).toEqual([])
    expect(await seen('manager', '?search=%20valerie%20d')).toEqual(['+33483050188'])
    expect(await seen('manager', '?search=diaz%20valerie')).toEqual(['+33483050188'])
  })

  test('by pages, with how many there are', async () => {
    const { body } = await api.ask('GET', '/lines?limit=2&company=Toine%20Immo&total=true')
    fits(routeOf('listLines'), body)
    expect(body).toMatchObject({ total: 4, next: '+33483050188' })
    const rest = await api.ask(
      'GET',
      `/lines?limit=2&company=Toine%20Immo&after=${encodeURIComponent(body.next)}`,
    )
    expect(numbers(rest.body)).toEqual(['+33483050190', '+33483050199'])
    expect(rest.body).not.toHaveProperty('next')
    expect(rest.body).not.toHaveProperty('total')
    expect((await api.ask('GET', '/lines?limit=501')).status).toBe(400)
  })

  test('with how their devices stand when that is asked for', async () => {
    const standings = async (query: string) =>
      (await api.ask('GET', `/lines?company=Toine%20Immo${query}`)).body.items.map(
        ({ standing }: { standing?: string }) => standing,
      )
    expect(await standings('')).toEqual([undefined, undefined, undefined, undefined])
    expect(await standings('&standing=true')).toEqual(['awaited', 'awaited', undefined, undefined])
  })

  test('a line is read by its number in any writing, without its password', async () => {
    const { body, text } = await api.ask('GET', '/lines/0483050173', { as: 'user' })
    fits(routeOf('readLine'), body)
    expect(body).toMatchObject({
      displayName: 'Stéphane Biel',
      capacity: { keys: { used: 4, available: 47 } },
    })
    expect(text).not.toContain('password')
    expect((await api.ask('GET', '/lines/+33144000001', { as: 'manager' })).status).toBe(404)
  })
})

describe('making a line', () => {
  const made = { number: '04 83 05 01 77', kind: 'fixed', site: 'Nice', firstName: 'Zoé' }
  const make = (body: unknown, as = 'manager', query = '', headers = {}) =>
    api.ask('POST', `/companies/Toine%20Immo/lines${query}`, { as, body, headers })

  test('once for one key, and where it then is', async () => {
    const headers = { 'Idempotency-Key': 'make-zoe-1' }
    const first = await make(made, 'manager', '', headers)
    expect(first.status).toBe(201)
    fits(routeOf('createLine'), first.body)
    expect(first.headers.get('location')).toBe('/api/v1/lines/%2B33483050177')
    expect((await make(made, 'manager', '', headers)).body).toEqual(first.body)
    const again = await make(made)
    expect(again.status).toBe(409)
    expect(again.body.problems).toMatchObject([{ code: 'number-taken', path: 'number' }])
  })

  test('a dry run makes none', async () => {
    expect(await make(made, 'manager', '?dryRun=true')).toMatchObject({
      status: 200,
      body: { plan: { added: 1 } },
    })
    expect((await api.ask('GET', '/lines/+33483050177')).status).toBe(404)
  })

  test('what another company has is not told by whom', async () => {
    for (const body of [
      { ...made, number: '+33144000001' },
      { ...made, email: 'hidden@example.net' },
      { ...made, equipment: { model: 'polycom/vvx-450', mac: '64:16:7f:00:00:09' } },
    ]) {
      const { status, text } = await make(body)
      expect([409, 422]).toContain(status)
      expect(text).not.toMatch(/Other|Hidden|144000001 of/)
    }
    const told = await make({ ...made, email: 'hidden@example.net' }, 'operator')
    expect(told.text).toContain('Other')
  })

  test('faults point into the body', async () => {
    const { body } = await make({ ...made, site: 'Lyon', keys: { supervision: ['+33483050188'] } })
    expect(body.problems.map((each: { path: string }) => each.path)).toEqual(['site', 'keys'])
  })
})

describe('changing a line', () => {
  test('only what is said, and who comes second hears of it', async () => {
    const etag = await api.etagOf(line)
    const { status, body } = await guarded('PATCH', line, { lastName: 'Biel-Roux', email: null })
    expect(status).toBe(200)
    fits(routeOf('changeLine'), body)
    expect(body.line).toMatchObject({ displayName: 'Stéphane Biel-Roux', site: 'Grasse' })
    expect(body.line.email).toBeUndefined()
    const late = await api.ask('PATCH', line, { body: { lastName: 'B' }, headers: { 'If-Match': etag } })
    expect(late.status).toBe(412)
    expect(late.body.difference).toEqual([{ field: 'lastName', was: 'Biel-Roux', is: 'B' }])
  })

  test('a password goes in and never comes out', async () => {
    const { text, body } = await guarded('PATCH', line, { sip: { password: 'Very-Secret-9' } }, 'operator')
    expect(body.plan.changes[0].fields).toEqual([{ field: 'sip.password' }])
    expect(text).not.toContain('Very-Secret-9')
    expect(JSON.stringify(await api.store.recentAudit(5))).not.toContain('Very-Secret-9')
    const refused = await guarded('PATCH', line, { sip: { password: 'a b Very-Secret-9' } }, 'operator')
    expect(refused.status).toBe(422)
    expect(refused.text).not.toContain('Very-Secret-9')
  })

  test('a line that others supervise is not removed, and who they are is said', async () => {
    const { status, body } = await api.ask('DELETE', '/lines/+33483050188', { as: 'manager' })
    expect(status).toBe(422)
    expect(body.problems).toMatchObject([
      { code: 'supervised-unknown', path: 'company Toine Immo, line +33483050173.keys.supervision[0]' },
    ])
    expect((await api.ask('DELETE', `${line}?dryRun=true`, { as: 'manager' })).body.plan).toMatchObject({
      removed: 1,
      devices: [{ link: 'unlinked' }],
    })
    expect((await api.ask('DELETE', line, { as: 'manager' })).status).toBe(200)
    expect((await api.ask('GET', line)).status).toBe(404)
  })
})

test('a line is removed with the keys that supervise it when these are released', async () => {
  const path = '/lines/+33483050188?release=true'
  const tried = await api.ask('DELETE', `${path}&dryRun=true`, { as: 'manager' })
  expect(tried.body.plan).toMatchObject({
    removed: 1,
    changes: [
      { subject: '+33483050188', action: 'removed' },
      { subject: '+33483050173', action: 'changed' },
    ],
  })
  expect((await api.ask('DELETE', path, { as: 'manager' })).status).toBe(200)
  expect((await api.ask('GET', `${line}/keys`)).body.supervision).toHaveLength(1)
})

describe('equipment', () => {
  const equipment = `${line}/equipment`

  test('another model keeps the keys that fit and names those that go, before it is done', async () => {
    const keys = {
      shortcuts: Array.from({ length: 20 }, (_, i) => ({ number: `38${10 + i}`, label: `N ${i}` })),
    }
    await guarded('PUT', `${line}/keys`, { ...keys, supervision: ['+33483050188'] })
    const tried = await guarded('PUT', `${equipment}?dryRun=true`, { model: 'polycom/vvx-250' }, 'installer')
    expect(tried.status).toBe(200)
    fits(routeOf('setEquipment'), tried.body)
    expect(tried.body).toMatchObject({
      capacity: { keys: { used: 15, available: 15 } },
      password: 'unchanged',
    })
    expect(tried.body.dropped.supervision).toEqual([])
    expect(tried.body.dropped.shortcuts).toHaveLength(6)
    expect(tried.body.plan.warnings).toMatchObject([{ code: 'keys-dropped' }])
    expect((await api.ask('GET', equipment)).body.equipment.model).toBe('polycom/vvx-450')
    const done = await guarded('PUT', equipment, { model: 'polycom/vvx-250' }, 'installer')
    expect(done.body.equipment).toMatchObject({ model: 'polycom/vvx-250', mac: '64167fb269d6' })
    expect(done.etag).toBe(await api.etagOf(equipment))
  })

  test('another MAC keeps the keys and renews the password', async () => {
    const { body } = await guarded(
      'PUT',
      equipment,
      { model: 'polycom/vvx-450', mac: '6416.7f00.00aa' },
      'installer',
    )
    expect(body).toMatchObject({ equipment: { mac: '64167f0000aa' }, password: 'renewed' })
    expect(body.dropped).toEqual({ supervision: [], shortcuts: [] })
    expect(body.plan.devices.map(({ link }: { link: string }) => link).sort()).toEqual(['linked', 'unlinked'])
  })

  test('removing it removes the keys and says what becomes of the password', async () => {
    const { status, body } = await guarded('DELETE', equipment, undefined, 'installer')
    expect(status).toBe(200)
    fits(routeOf('removeEquipment'), body)
    expect(body.password).toBe('renewed')
    expect(body.dropped.supervision).toEqual(['+33483050188', '+33483050190'])
    expect(body.equipment).toBeUndefined()
    expect((await api.ask('GET', `${line}/keys`)).body.supervision).toEqual([])
  })

  test('an installer links at his sites, and sets no parameters', async () => {
    const set = (path: string, body: object) => guarded('PUT', `${path}/equipment`, body, 'installer')
    expect((await set('/lines/+33483050199', { model: 'audiocodes/mp-202b', port: 2 })).status).toBe(200)
    const body = { model: 'polycom/vvx-450' }
    expect((await set('/lines/+33483050190', body)).status).toBe(403)
    expect((await set(line, { ...body, parameters: { 'a.b': '1' } })).status).toBe(403)
  })

  test('a secret parameter is shown as a mask, and a mask sent back keeps it', async () => {
    const parameters = {
      'device.auth.localAdminPassword': 'Top-Secret-1',
      'voIpProt.SIP.intercom.alertInfo': 'x',
    }
    const { text } = await guarded('PUT', equipment, { model: 'polycom/vvx-450', parameters })
    expect(text).not.toContain('Top-Secret-1')
    const { body } = await api.ask('GET', equipment)
    expect(body.equipment.parameters['device.auth.localAdminPassword']).toBe('********')
    await guarded('PUT', equipment, { model: 'polycom/vvx-450', parameters: body.equipment.parameters })
    const found = await api.store.findLine('+33483050173')
    expect(found?.line.equipment?.parameters).toEqual(parameters)
  })

  test('faults point into the body', async () => {
    const { body } = await guarded('PUT', equipment, { model: 'polycom/vvx-45', mac: 'zz' })
    expect(body.problems.map((each: { path: string }) => each.path)).toContain('mac')
    const other = await guarded('PUT', equipment, { model: 'polycom/vvx-45' })
    expect(other.body.problems).toMatchObject([{ path: 'model', code: 'model-unknown' }])
  })
})
