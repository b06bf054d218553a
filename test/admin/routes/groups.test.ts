import { afterEach, beforeEach, expect, test } from 'vitest'
import { companyRoutes } from '../../../src/admin/routes/companies.ts'
import { groupRoutes } from '../../../src/admin/routes/groups.ts'
import { lineRoutes } from '../../../src/admin/routes/lines.ts'
import { fits, servingFleet } from '../helpers/fleet.ts'

const routes = [...companyRoutes, ...groupRoutes, ...lineRoutes]
const routeOf = (id: string) => routes.find((route) => route.id === id)
const toine = '/companies/Toine%20Immo'
const now = Date.UTC(2026, 10, 21)

let api: Awaited<ReturnType<typeof servingFleet>>

beforeEach(async () => {
  api = await servingFleet(routes, { now: () => now })
})
afterEach(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

test('a company is made once, renamed, and read under its new name by its people', async () => {
  const body = { name: 'Banque', sip: { domain: 'b.example.net' } }
  const made = await api.ask('POST', '/companies', { body })
  expect(made.status).toBe(201)
  fits(routeOf('createCompany'), made.body)
  expect(made.headers.get('location')).toBe('/api/v1/companies/Banque')
  expect((await api.ask('POST', '/companies', { body })).status).toBe(409)
  expect((await api.ask('POST', '/companies', { body: { name: 'C' } })).body.problems[0]).toMatchObject({
    code: 'missing-field',
    path: 'sip.domain',
  })
  expect((await api.ask('POST', '/companies', { body, as: 'manager' })).status).toBe(403)

  const renamed = await api.ask('POST', `${toine}/rename`, { body: { name: 'Toine' } })
  expect(renamed.status).toBe(200)
  fits(routeOf('renameCompany'), renamed.body)
  expect((await api.ask('GET', toine)).status).toBe(404)
  expect((await api.ask('GET', '/companies/Toine')).status).toBe(200)
  const taken = await api.ask('POST', '/companies/Toine/rename', { body: { name: 'OTHER' } })
  expect(taken.body.problems).toMatchObject([{ code: 'name-taken', path: 'name' }])
})

test('a deletion is planned, shown, and taken back', async () => {
  expect((await api.ask('PUT', `${toine}/deletion`, { body: {} })).body.code).toBe('company-in-use')
  await api.ask('POST', '/companies', { body: { name: 'Empty', sip: { domain: 'e.example.net' } } })
  const planned = await api.ask('PUT', '/companies/Empty/deletion', { body: {} })
  fits(routeOf('planCompanyDeletion'), planned.body)
  expect(planned.body).toMatchObject({ at: '2026-12-21T00:00:00.000Z', plannedBy: 'operator@example.net' })
  const { body } = await api.ask('GET', '/companies/Empty')
  fits(routeOf('readCompany'), body)
  expect(body.deletion).toBe('2026-12-21T00:00:00.000Z')
  const list = await api.ask('GET', '/companies')
  fits(routeOf('listCompanies'), list.body)
  expect(list.body.items[0]).toMatchObject({ name: 'Empty', deletion: '2026-12-21T00:00:00.000Z' })
  const wrong = await api.ask('PUT', '/companies/Empty/deletion', { body: { at: 'tomorrow' } })
  expect(wrong.body.problems).toMatchObject([{ code: 'deletion-time', path: 'at' }])
  expect((await api.ask('DELETE', '/companies/Empty/deletion')).status).toBe(204)
  expect((await api.ask('GET', '/companies/Empty')).body).not.toHaveProperty('deletion')
})

test('lines move as it was agreed, and only so', async () => {
  const body = { lines: ['04 83 05 01 88'], to: 'Other' }
  const plan = await api.ask('POST', `${toine}/moves/plan`, { body })
  expect(plan.status).toBe(200)
  fits(routeOf('planMove'), plan.body)
  expect(plan.body.lost.keys).toEqual([{ line: '+33483050173', key: 1, supervised: '+33483050188' }])
  expect(plan.body.plan.reboots).toBe(2)
  expect((await api.ask('POST', `${toine}/moves/plan`, { body, as: 'manager' })).status).toBe(403)
  const agreed = plan.etag?.replaceAll('"', '')
  const other = { ...body, site: 'Paris' }
  const refused = await api.ask('POST', `${toine}/moves?agreed=${agreed}`, { body: other })
  expect([refused.status, refused.body.code]).toEqual([409, 'fleet-moved'])
  const moved = await api.ask('POST', `${toine}/moves?agreed=${agreed}`, { body })
  expect(moved.status).toBe(200)
  fits(routeOf('moveLines'), moved.body)
  expect((await api.ask('GET', '/lines/+33483050188', { as: 'manager' })).status).toBe(404)
  expect((await api.ask('GET', '/lines/+33483050188', { as: 'stranger' })).body.company).toBe('Other')
})
