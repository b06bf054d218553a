import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { routes } from '../../../src/admin/routes/index.ts'
import type { Store } from '../../../src/store/store.ts'
import { openStore } from '../../store/databases.ts'
import { load, people, sampleFleet } from '../helpers/fleet.ts'
import { serving } from '../helpers/serving.ts'

const company = '/companies/Toine%20Immo'
const made = { email: 'new@example.net', name: 'New', role: 'manager', companies: ['Toine Immo'] }

let folder: string
let store: Store
let api: Awaited<ReturnType<typeof serving>>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-removing-'))
  store = await openStore({ folder })
  await load(store, sampleFleet)
  api = await serving(routes, people, { store })
})
afterEach(async () => {
  await api.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
  expect(api.faults).toEqual([])
})

const etagOf = async (path: string) => (await api.ask('GET', path)).etag ?? ''

/** Something that nothing else hangs on, with its address and a change of it. */
const things: Readonly<Record<string, () => Promise<{ readonly path: string; readonly change: unknown }>>> = {
  'a site': async () => {
    await api.ask('POST', `${company}/sites`, { body: { name: 'Lyon' } })
    return { path: `${company}/sites/Lyon`, change: { address: '3 rue Neuve' } }
  },
  'a pickup group': async () => {
    const sites = (await api.ask('GET', `${company}/sites`)).body.items
    const groups = `${company}/sites/${encodeURIComponent(sites[0].name)}/pickup-groups`
    await api.ask('POST', groups, { body: { name: 'Atelier' } })
    return { path: `${groups}/Atelier`, change: { name: 'Atelier' } }
  },
  'named keys': async () => {
    await api.ask('POST', `${company}/key-layouts`, { body: { name: 'Vente', supervision: [] } })
    return { path: `${company}/key-layouts/Vente`, change: { shortcuts: ['interception'] } }
  },
  'a line': async () => {
    const site = (await api.ask('GET', `${company}/sites`)).body.items[0].name
    const body = { number: '+33483059999', kind: 'fixed', site }
    await api.ask('POST', `${company}/lines`, { body })
    return { path: '/lines/%2B33483059999', change: { lastName: 'Roux' } }
  },
  'a person': async () => {
    // The first of all is whom the tests ask as; nobody removes himself.
    await api.ask('POST', '/people', { body: { ...made, email: 'first@example.net' } })
    const { body } = await api.ask('POST', '/people', { body: made })
    return { path: `/people/${body.person?.id ?? body.id}`, change: { name: 'Newer' } }
  },
}

test.each(Object.entries(things))(
  '%s is removed as it was read, or whatever it has become',
  async (what, make) => {
    const { path, change } = await make()
    const etag = await etagOf(path)
    const stale = what === 'a pickup group' ? '"another"' : etag
    expect((await api.ask('PATCH', path, { body: change, headers: { 'If-Match': etag } })).status).toBe(200)
    const late = await api.ask('DELETE', path, { headers: { 'If-Match': stale } })
    expect({ status: late.status, code: late.body.code }).toEqual({ status: 412, code: 'changed-since' })
    expect((await api.ask('GET', path)).status).toBe(200)
    expect((await api.ask('DELETE', path, { headers: { 'If-Match': 'no tag' } })).status).toBe(400)
    const removed = await api.ask('DELETE', path, { headers: { 'If-Match': await etagOf(path) } })
    expect([200, 204]).toContain(removed.status)
    expect((await api.ask('GET', path)).status).toBe(404)
    const again = await make()
    expect([200, 204]).toContain((await api.ask('DELETE', again.path)).status)
  },
)
