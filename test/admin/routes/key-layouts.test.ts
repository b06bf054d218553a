import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyRoutes } from '../../../src/admin/routes/keys.ts'
import { keyLayoutRoutes } from '../../../src/admin/routes/keys-layouts.ts'
import type { Store } from '../../../src/store/store.ts'
import { openStore } from '../../store/databases.ts'
import { fits, load, people, sampleFleet } from '../helpers/fleet.ts'
import { serving } from '../helpers/serving.ts'

const all = '/companies/Toine%20Immo/key-layouts'
const vente = { name: 'Vente', supervision: ['04 83 05 01 88', '+33483050190'], shortcuts: ['interception'] }
const routeOf = (id: string) => keyLayoutRoutes.find((route) => route.id === id)

let folder: string
let store: Store
let api: Awaited<ReturnType<typeof serving>>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-layouts-'))
  store = await openStore({ folder })
  await load(store, sampleFleet)
  api = await serving([...keyRoutes, ...keyLayoutRoutes], people, { store })
})
afterEach(async () => {
  await api.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
  expect(api.faults).toEqual([])
})

const make = (body: unknown = vente, as = 'manager') => api.ask('POST', all, { as, body })

test('keys get a name once, and another', async () => {
  const made = await make()
  expect(made.status).toBe(201)
  fits(routeOf('createKeyLayout'), made.body)
  expect(made.body.supervision).toEqual(['+33483050188', '+33483050190'])
  expect((await make()).status).toBe(409)
  const read = await api.ask('GET', `${all}/Vente`, { as: 'colleague' })
  expect(read.etag).toBe(made.etag)
  fits(routeOf('readKeyLayout'), read.body)
  expect(read.body.names).toMatchObject({ '+33483050188': 'Valérie Diaz' })
  const change = (body: unknown, etag = made.etag ?? '') =>
    api.ask('PATCH', `${all}/Vente`, { as: 'manager', body, headers: { 'If-Match': etag } })
  const changed = await change({ shortcuts: [] })
  expect(changed.body).toEqual({
    name: 'Vente',
    supervision: ['+33483050188', '+33483050190'],
    shortcuts: [],
  })
  const late = await change({ supervision: [] })
  expect(late.status).toBe(412)
  expect(late.body.difference[0]).toMatchObject({ field: 'supervision' })
  await make({ name: 'Accueil' })
  expect((await change({ name: 'Accueil' }, changed.etag)).status).toBe(409)
  expect((await change({ name: 'Ventes' }, changed.etag)).status).toBe(200)
  const { body } = await api.ask('GET', all, { as: 'manager' })
  fits(routeOf('listKeyLayouts'), body)
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['Accueil', 'Ventes'])
  expect((await api.ask('DELETE', `${all}/Ventes`, { as: 'manager' })).status).toBe(204)
  expect((await api.ask('DELETE', `${all}/Ventes`, { as: 'manager' })).status).toBe(404)
})

test('keys that cannot be anywhere get no name', async () => {
  const { status, body } = await make({
    name: 'X',
    supervision: ['abc'],
    shortcuts: [{ number: '1', label: ' ' }],
  })
  expect(status).toBe(422)
  expect(body.problems.map(({ path }: { path: string }) => path)).toEqual([
    'supervision[0]',
    'shortcuts[0].label',
  ])
})

test('lines are given them, planned first, each without itself', async () => {
  await make()
  const to = ['+33483050173', '04 83 05 01 88']
  const give = (query = '') => api.ask('POST', `${all}/Vente/apply${query}`, { as: 'manager', body: { to } })
  const plan = await give('?dryRun=true')
  expect(plan.body).toMatchObject({ plan: { changed: 2, reboots: 2 } })
  const keysOf = async (line: string) => (await api.ask('GET', `/lines/${line}/keys`)).body
  expect((await keysOf('+33483050188')).supervision).toEqual([])
  const { status, body } = await give()
  expect(status).toBe(200)
  fits(routeOf('applyKeyLayout'), body)
  expect((await keysOf('+33483050188')).supervision).toEqual(['+33483050190'])
  expect((await keysOf('+33483050173')).shortcuts).toEqual(['interception'])
})

test('they are for those who order keys in that company', async () => {
  await make()
  expect((await api.ask('GET', all, { as: 'stranger' })).status).toBe(404)
  expect((await api.ask('GET', all, { as: 'user' })).status).toBe(403)
  expect((await make({ name: 'Y' }, 'installer')).status).toBe(403)
  expect((await api.ask('GET', '/companies/Other/key-layouts/Vente', { as: 'stranger' })).status).toBe(404)
})

test('who named, changed and removed keys is in the audit, and what did nothing is not', async () => {
  const made = await make()
  const change = async (body: unknown, etag: string | undefined) =>
    api.ask('PATCH', `${all}/Vente`, { as: 'manager', body, headers: { 'If-Match': etag ?? '' } })
  expect((await change({}, made.etag)).status).toBe(200)
  expect((await change({ name: 'Ventes', shortcuts: [] }, made.etag)).status).toBe(200)
  expect((await api.ask('DELETE', `${all}/Ventes`, { as: 'manager' })).status).toBe(204)
  const entries = await store.findAudit({ companies: ['Toine Immo'], what: 'key-layout', limit: 10 })
  expect(entries.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
    'removed Ventes',
    'changed Ventes',
    'added Vente',
  ])
  const manager = people.manager?.name
  expect(new Set(entries.map(({ who, source }) => `${source} ${who}`))).toEqual(new Set([`api ${manager}`]))
  expect(entries[1]?.before).toMatchObject({ name: 'Vente', keys: { shortcuts: ['interception'] } })
  expect(entries[1]?.after).toMatchObject({ name: 'Ventes', keys: { shortcuts: [] } })
})
