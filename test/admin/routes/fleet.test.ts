import { afterEach, beforeEach, expect, test } from 'vitest'
import { fleetRoutes } from '../../../src/admin/routes/fleet.ts'
import { lineRoutes } from '../../../src/admin/routes/lines.ts'
import { fits, servingFleet } from '../helpers/fleet.ts'

const routeOf = (id: string) => fleetRoutes.find((route) => route.id === id)

let api: Awaited<ReturnType<typeof servingFleet>>

beforeEach(async () => {
  api = await servingFleet([...fleetRoutes, ...lineRoutes])
})
afterEach(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

const send = (path: string, body: unknown, as = 'manager') => api.ask('POST', `/fleet/${path}`, { as, body })
const yaml = { 'Content-Type': 'application/yaml' }
const named = (name: string, fields: object) => ({ companies: [{ name, ...fields }] })
const zoe = { number: '+33483050177', kind: 'fixed', site: 'Nice', firstName: 'Zoé' }

test('a file is planned, agreed to and applied', async () => {
  const file = named('Toine Immo', { lines: [zoe] })
  const plan = await send('plan', file)
  expect(plan.status).toBe(200)
  fits(routeOf('planFleet'), plan.body)
  expect(plan.body).toMatchObject({
    added: 1,
    changes: [{ what: 'line', subject: zoe.number, action: 'added' }],
  })
  expect((await api.ask('GET', '/lines/+33483050177')).status).toBe(404)
  const agreed = plan.etag?.replaceAll('"', '')
  const applied = await send(`apply?agreed=${agreed}`, file)
  expect(applied.status).toBe(200)
  fits(routeOf('applyFleet'), applied.body)
  expect((await api.ask('GET', '/lines/+33483050177')).status).toBe(200)
  expect((await send(`apply?agreed=${agreed}`, file)).status).toBe(409)
  expect((await send('apply', file)).body).toMatchObject({ added: 0, changes: [] })
})

test('as people write it, and what is exported changes nothing', async () => {
  for (const format of ['yaml', 'json']) {
    const file = await api.ask('GET', `/fleet/export?format=${format}`)
    const headers = format === 'yaml' ? yaml : { 'Content-Type': 'application/json' }
    const { status, body } = await api.ask('POST', '/fleet/apply', { body: file.text, headers })
    expect(status).toBe(200)
    expect(body).toMatchObject({ changes: [], devices: [] })
  }
  const broken = await api.ask('POST', '/fleet/plan', { body: 'companies: [', headers: yaml })
  expect(broken.body.code).toBe('yaml-syntax')
  expect(
    (await api.ask('POST', '/fleet/plan', { body: 'a', headers: { 'Content-Type': 'text/plain' } })).status,
  ).toBe(415)
})

test('all faults come at once, with their places in the file', async () => {
  const lines = [
    { ...zoe, site: 'Lyon' },
    { ...zoe, number: 'abc' },
  ]
  const { status, body } = await send('apply', named('Toine Immo', { lines }))
  expect(status).toBe(422)
  expect(body.problems.map(({ path }: { path: string }) => path).sort()).toEqual([
    'companies[0].lines[0].site',
    'companies[0].lines[1].number',
  ])
})

test('a manager keeps to his companies, whatever the file names', async () => {
  const answers = await Promise.all(
    ['Other', 'Nowhere'].map((name) => send('apply', named(name, { sip: { domain: 'x.example.net' } }))),
  )
  expect(answers.map(({ status }) => status)).toEqual([422, 422])
  expect(answers[0]?.body.problems[0]).toMatchObject({ code: 'company-unknown', path: 'companies[0].name' })
  expect(answers[0]?.text.replace('Other', 'Nowhere').replace(/requestId.*/, '')).toBe(
    answers[1]?.text.replace(/requestId.*/, ''),
  )
  const held = named('Toine Immo', { lines: [{ ...zoe, number: '+33144000001' }] })
  expect((await send('plan', held)).text).not.toContain('Other')
  expect((await send('apply?prune=true', named('Toine Immo', {}))).status).toBe(403)
  expect((await send('plan', named('Toine Immo', {}), 'installer')).status).toBe(403)
  expect((await send('plan', named('Toine Immo', {}), 'user')).status).toBe(403)
})

test('a manager changes nothing by a file that he may not change otherwise', async () => {
  const refused = await send('apply', named('Toine Immo', { sip: { domain: 'evil.example.net' } }))
  expect(refused.body.problems).toMatchObject([{ code: 'not-allowed', path: 'companies[0].sip' }])
  const same = named('Toine Immo', { sip: { domain: 'sip.example.net' }, locale: 'en' })
  expect((await send('apply', same)).status).toBe(200)
})

test('an export has the own companies alone, and passwords for operators who ask for them', async () => {
  const own = await api.ask('GET', '/fleet/export', { as: 'manager' })
  expect(own.text).toContain('Toine Immo')
  expect(own.text).not.toContain('Other')
  expect(own.text).not.toContain('password')
  expect((await api.ask('GET', '/fleet/export?company=Other&format=json', { as: 'manager' })).body).toEqual({
    companies: [],
  })
  expect((await api.ask('GET', '/fleet/export?passwords=true', { as: 'manager' })).status).toBe(403)
  expect((await api.ask('GET', '/fleet/export')).text).not.toContain('password')
  expect((await api.ask('GET', '/fleet/export?passwords=true')).text).toContain('password')
})
