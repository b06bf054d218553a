import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { companyRoutes } from '../../../src/admin/routes/companies.ts'
import { readDirectory } from '../../../src/admin/routes/keys-directory.ts'
import { lineRoutes } from '../../../src/admin/routes/lines.ts'
import { pickupRoutes } from '../../../src/admin/routes/pickup.ts'
import { siteRoutes } from '../../../src/admin/routes/sites.ts'
import { fits, load, servingFleet } from '../helpers/fleet.ts'

const routes = [...companyRoutes, ...siteRoutes, ...pickupRoutes, ...lineRoutes, readDirectory]
const routeOf = (id: string) => routes.find((route) => route.id === id)
const toine = '/companies/Toine%20Immo'
const grasse = `${toine}/sites/Grasse`
const accueil = `${grasse}/pickup-groups/Accueil`

let api: Awaited<ReturnType<typeof servingFleet>>

beforeEach(async () => {
  api = await servingFleet(routes)
})
afterEach(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

/** `at`: where the state is read, when it is not where it is changed. */
const guarded = async (method: string, path: string, body: unknown, as = 'manager', at = path) =>
  api.ask(method, path, { as, body, headers: { 'If-Match': await api.etagOf(at.replace(/\?.*/, '')) } })

describe('companies', () => {
  test('each sees those he has to do with', async () => {
    const { body } = await api.ask('GET', '/companies')
    fits(routeOf('listCompanies'), body)
    expect(body.items).toEqual([
      { name: 'Other', sites: 1, lines: 1 },
      { name: 'Toine Immo', sites: 2, lines: 4 },
    ])
    const page = await api.ask('GET', '/companies?limit=1')
    expect(page.body).toMatchObject({ items: [{ name: 'Other' }], next: 'Other' })
    const found = await api.ask('GET', '/companies?search=IMMO')
    expect(found.body.items.map(({ name }: { name: string }) => name)).toEqual(['Toine Immo'])
    expect((await api.ask('GET', '/companies?search=immo&after=Toine%20Immo')).body.items).toEqual([])
    expect((await api.ask('GET', '/companies?search=nobody')).body.items).toEqual([])
    expect((await api.ask('GET', '/companies?after=Other')).body.items).toHaveLength(1)
    const own = await api.ask('GET', '/companies', { as: 'manager' })
    expect(own.body.items).toEqual([{ name: 'Toine Immo', sites: 2, lines: 4 }])
    expect((await api.ask('GET', '/companies/Other', { as: 'manager' })).status).toBe(404)
  })

  test('how devices are told is for those who manage them, the password for nobody', async () => {
    const reboot = { by: 'asterisk', server: '127.0.0.1:5038', user: 'boot', password: 'Ami-Secret-1' }
    const configured = await guarded('PATCH', `${toine}/configuration`, { reboot }, 'operator', toine)
    expect(configured.status).toBe(200)
    fits(routeOf('configureCompany'), configured.body)
    expect(configured.text).not.toContain('Ami-Secret-1')
    for (const as of ['operator', 'manager', 'installer', 'user']) {
      const { status, body, text } = await api.ask('GET', toine, { as })
      expect(status).toBe(200)
      fits(routeOf('readCompany'), body)
      expect(text).not.toContain('Ami-Secret-1')
      expect('reboot' in body && 'sip' in body).toBe(as === 'operator' || as === 'manager')
    }
    const kept = await guarded('PATCH', `${toine}/configuration`, { sip: { port: 5070 } }, 'operator', toine)
    expect(kept.body.company.sip).toEqual({ domain: 'sip.example.net', port: 5070, transport: 'udp' })
    const [company] = await api.store.readFleet({ companies: ['Toine Immo'], secrets: true })
    expect(company?.reboot?.password).toBe('Ami-Secret-1')
  })

  test('a manager settles what is his, and cannot touch how lines register', async () => {
    const { status, body, etag } = await guarded('PATCH', toine, { keyDuringCall: 'transfer', locale: 'en' })
    expect(status).toBe(200)
    expect(body.company).toMatchObject({ keyDuringCall: 'transfer', locale: 'en' })
    expect(body.plan.reboots).toBe(2)
    expect(etag).toBe(await api.etagOf(toine))
    expect((await guarded('PATCH', toine, { sip: { domain: 'evil.example' } })).status).toBe(422)
    const configuration = { deviceAccess: 'open' }
    expect((await guarded('PATCH', `${toine}/configuration`, configuration, 'manager', toine)).status).toBe(
      403,
    )
    expect((await guarded('PATCH', toine, { locale: 'fr' }, 'installer')).status).toBe(403)
  })

  test('of two the second hears of the first; faults point into the body; a dry run does nothing', async () => {
    const etag = await api.etagOf(toine)
    const tried = await guarded('PATCH', `${toine}?dryRun=true`, { timezone: 'Europe/London' })
    expect(tried.body.plan.later).toBe(2)
    expect(await api.etagOf(toine)).toBe(etag)
    await guarded('PATCH', toine, { timezone: 'Europe/London' })
    const late = await api.ask('PATCH', toine, {
      body: { timezone: 'Europe/Rome' },
      headers: { 'If-Match': etag },
    })
    expect(late.status).toBe(412)
    expect(late.body.difference).toEqual([{ field: 'timezone', was: 'Europe/London', is: 'Europe/Rome' }])
    const wrong = await guarded('PATCH', toine, { timezone: 'Mars/Base', quietHours: { from: '1', to: '2' } })
    expect(wrong.body.problems.map((each: { path: string }) => each.path)).toEqual(
      expect.arrayContaining(['timezone', 'quietHours.from']),
    )
  })
})

describe('sites', () => {
  test('installers see theirs', async () => {
    const names = async (as: string) =>
      (await api.ask('GET', `${toine}/sites`, { as })).body.items.map(({ name }: { name: string }) => name)
    expect(await names('manager')).toEqual(['Grasse', 'Nice'])
    expect(await names('installer')).toEqual(['Grasse'])
    expect(await names('user')).toEqual([])
    expect((await api.ask('GET', grasse, { as: 'installer' })).status).toBe(200)
    expect((await api.ask('GET', `${toine}/sites/Nice`, { as: 'installer' })).status).toBe(403)
    expect((await api.ask('GET', `${toine}/sites/Paris`)).status).toBe(404)
  })

  test('are made once, renamed with their lines and groups, and removed when they have no lines', async () => {
    const made = await api.ask('POST', `${toine}/sites`, {
      as: 'manager',
      body: { name: 'Lyon', address: '1 rue X' },
    })
    expect(made.status).toBe(201)
    fits(routeOf('createSite'), made.body)
    expect((await api.ask('POST', `${toine}/sites`, { body: { name: 'Lyon' } })).status).toBe(409)
    expect((await api.ask('DELETE', `${toine}/sites/Lyon`, { as: 'manager' })).status).toBe(200)

    const renamed = await guarded('PATCH', grasse, { name: 'Grasse Sud', timezone: 'Europe/Rome' })
    expect(renamed.status).toBe(200)
    fits(routeOf('changeSite'), renamed.body)
    expect((await api.ask('GET', '/lines/+33483050173')).body.site).toBe('Grasse Sud')
    const groups = await api.ask('GET', `${toine}/pickup-groups`)
    expect(groups.body.items).toEqual([{ name: 'Accueil', site: 'Grasse Sud', members: ['+33483050173'] }])

    const refused = await api.ask('DELETE', `${toine}/sites/Nice`, { as: 'manager' })
    expect(refused.status).toBe(422)
    expect(refused.body.problems[0].code).toBe('site-in-use')
  })

  test('faults point into the body', async () => {
    const { body } = await guarded('PATCH', grasse, { timezone: 'Nowhere' })
    expect(body.problems).toMatchObject([{ path: 'timezone', code: 'timezone-unknown' }])
  })
})

describe('pickup groups', () => {
  const create = (body: unknown, query = '') =>
    api.ask('POST', `${grasse}/pickup-groups${query}`, { as: 'manager', body })

  test('a line in another group is said so', async () => {
    const { status, body } = await create({ name: 'Vente', members: ['04 83 05 01 88', '+33483050173'] })
    expect(status).toBe(422)
    expect(body.problems).toMatchObject([
      { code: 'member-twice', path: 'members[1]', wrong: '+33483050173 is already in pickup group Accueil' },
    ])
  })

  test('are made, changed and removed', async () => {
    const made = await create({ name: 'Vente', members: ['04 83 05 01 88'] })
    expect(made.status).toBe(201)
    fits(routeOf('createPickupGroup'), made.body)
    expect(made.headers.get('location')).toBe(`/api/v1${grasse}/pickup-groups/Vente`)
    expect((await create({ name: 'Vente' })).status).toBe(409)
    const etag = await api.etagOf(accueil)
    const changed = await guarded('PATCH', accueil, { name: 'Hall', members: [] })
    expect(changed.body.group).toEqual({ name: 'Hall', site: 'Grasse', members: [] })
    expect((await api.ask('PATCH', accueil, { body: {}, headers: { 'If-Match': etag } })).status).toBe(404)
    const vente = `${grasse}/pickup-groups/Vente`
    const late = await api.ask('PATCH', vente, { body: { members: [] }, headers: { 'If-Match': etag } })
    expect(late.status).toBe(412)
    expect((await guarded('PATCH', vente, { members: ['+33483050173', 'x'] })).body.problems[0].path).toBe(
      'members[1]',
    )
    expect((await api.ask('DELETE', vente, { as: 'manager' })).status).toBe(200)
    expect((await api.ask('DELETE', vente, { as: 'manager' })).status).toBe(404)
    const left = await api.ask('GET', `${toine}/pickup-groups`, { as: 'manager' })
    expect(left.body.items).toEqual([{ name: 'Hall', site: 'Grasse', members: [] }])
  })
})

test('the directory has the lines that can be supervised, of the own company alone', async () => {
  const find = async (query: string, as = 'user') => {
    const { body } = await api.ask('GET', `${toine}/directory${query}`, { as })
    fits(readDirectory, body)
    return body.items.map(({ displayName }: { displayName: string }) => displayName)
  }
  expect(await find('')).toEqual(['Stéphane Biel', 'Valérie Diaz', 'Ana Roux'])
  expect(await find('?search=valerie')).toEqual(['Valérie Diaz'])
  expect(await find('?search=04%2083%2005%2001%2090')).toEqual(['Ana Roux'])
  expect((await api.ask('GET', `${toine}/directory`, { as: 'stranger' })).status).toBe(404)
  expect((await api.ask('GET', `${toine}/directory`, { as: 'installer' })).status).toBe(403)
  await load(api.store, { companies: [{ name: 'Third', sip: { domain: 't.example.net' } }] })
  expect((await api.ask('GET', '/companies/Third/directory')).body.items).toEqual([])
})

test('a user sees the pickup group of his own line, and no other', async () => {
  const change = { members: ['+33483050188', '+33483050173'] }
  expect((await guarded('PATCH', accueil, change)).status).toBe(200)
  const own = await api.ask('GET', '/lines/+33483050173/pickup-group', { as: 'user' })
  fits(routeOf('readPickupGroupOfLine'), own.body)
  expect(own.body).toEqual({ line: '+33483050173', group: { name: 'Accueil', ...change } })
  const status = async (path: string, as: string) => (await api.ask('GET', path, { as })).status
  expect(await status('/lines/+33483050188/pickup-group', 'user')).toBe(403)
  expect(await status('/lines/+33144000001/pickup-group', 'user')).toBe(404)
  expect(await status('/lines/+33483050173/pickup-group', 'installer')).toBe(403)
  expect(await status(`${toine}/pickup-groups`, 'user')).toBe(403)
  const manager = await api.ask('GET', '/lines/+33483050199/pickup-group', { as: 'manager' })
  expect(manager.body).toEqual({ line: '+33483050199' })
})
