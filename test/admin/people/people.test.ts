import { describe, expect, test } from 'vitest'
import { openApi } from '../../../src/admin/http/openapi.ts'
import { peopleRoutes } from '../../../src/admin/routes/people.ts'
import type { Scope } from '../../../src/domain/scope.ts'
import { type Doorway, doorway } from './doorway.ts'

const boss = 'boss@example.net'
const ma = 'manager-a@example.net'
const mb = 'manager-b@example.net'

/** An operator and a manager of each company, signed in. */
async function staff() {
  const house = await doorway()
  await house.somebody(boss)
  await house.somebody(ma, { role: 'manager', companies: ['A'] })
  await house.somebody(mb, { role: 'manager', companies: ['B'] })
  const [operator, a, b] = await Promise.all([boss, ma, mb].map((email) => house.signedIn(email)))
  if (!operator || !a || !b) throw new Error('nobody came')
  return { house, operator, a, b }
}

const draft = (scope: object, email = 'new@example.net') => ({ email, name: 'New', ...scope })
const nextMonth = (house: Doorway) => new Date(house.clock.now + 30 * 24 * 3_600_000).toISOString()

async function change(browser: Awaited<ReturnType<Doorway['signedIn']>>, id: number, body: object) {
  const { headers } = await browser.api('GET', `/people/${id}`)
  return browser.api('PATCH', `/people/${id}`, body, { 'if-match': headers.get('etag') ?? '"none"' })
}

describe('nobody gives more than he has', () => {
  test('a manager invites people of his own companies, and only those', async () => {
    const { house, a } = await staff()
    const until = nextMonth(house)
    const fine = [
      { role: 'manager', companies: ['A'] },
      { role: 'installer', sites: [{ company: 'A', site: 'Grasse', until }] },
      { role: 'user', line: '04 83 05 01 73' },
    ]
    for (const [i, scope] of fine.entries()) {
      const made = await a.api('POST', '/people', draft(scope, `fine${i}@example.net`))
      expect(made.status, JSON.stringify(made.body)).toBe(201)
    }
    const user = await house.people.find({ email: 'fine2@example.net' })
    expect(user).toMatchObject({ line: '+33483050173', companies: ['A'] })
    const beyond = [
      { role: 'operator' },
      { role: 'manager', companies: ['A', 'B'] },
      { role: 'manager', companies: ['No such'] },
      { role: 'installer', sites: [{ company: 'B', site: 'Paris', until }] },
      { role: 'installer', sites: [{ company: 'B', site: 'No such', until }] },
      { role: 'user', line: '+33999999999' },
    ]
    for (const scope of beyond) {
      const { status, body } = await a.api('POST', '/people', draft(scope))
      expect([status, body.code], JSON.stringify(scope)).toEqual([403, 'not-yours-to-give'])
    }
    expect(await house.people.find({ email: 'new@example.net' })).toBeUndefined()
  })

  test('nor takes from who has more', async () => {
    const { house, a } = await staff()
    const { id: both } = await house.somebody('both@example.net', { role: 'manager', companies: ['A', 'B'] })
    const seen = (await a.api('GET', `/people/${both}`)).body
    expect([seen.companies, seen.changeable]).toEqual([['A'], false])
    expect((await change(a, both, { name: 'Eve' })).body.code).toBe('not-yours-to-give')
    expect((await change(a, both, { companies: ['A'] })).status).toBe(403)
    expect((await a.api('DELETE', `/people/${both}`)).status).toBe(403)
    expect((await a.api('POST', `/people/${both}/invitation`, {})).status).toBe(403)
    expect((await a.api('GET', `/people/${both}/sign-ins`)).status).toBe(403)
    const operator = await house.people.find({ email: boss })
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['POST', '/invitation', {}],
      ['GET', '/sign-ins', undefined],
    ] as const) {
      expect((await a.api(method, `/people/${operator?.id}${path}`, body)).status).toBe(404)
    }
  })

  test('one company sees nobody of another', async () => {
    const { house, operator, a, b } = await staff()
    await house.somebody('i@example.net', {
      role: 'installer',
      sites: [
        { company: 'A', site: 'Nice', until: house.clock.now + 1000 },
        { company: 'B', site: 'Paris', until: house.clock.now + 1000 },
      ],
    })
    const emails = async (browser: typeof a, query = '') =>
      (await browser.api('GET', `/people${query}`)).body.items.map(({ email }: { email: string }) => email)
    expect(await emails(a)).toEqual([ma, 'i@example.net'])
    expect(await emails(b)).toEqual([mb, 'i@example.net'])
    expect(await emails(operator, '?company=B')).toEqual([mb, 'i@example.net'])
    expect(await emails(operator, '?search=MANAGER-')).toEqual([ma, mb])
    expect(await emails(operator, '?search=%25')).toEqual([])
    expect((await a.api('GET', '/people?company=B')).status).toBe(404)
    const [, installer] = (await a.api('GET', '/people')).body.items
    expect(installer.sites.map(({ site }: { site: string }) => site)).toEqual(['Nice'])
    const page = (await operator.api('GET', '/people?limit=3')).body
    expect(page.items).toHaveLength(3)
    expect((await operator.api('GET', `/people?limit=3&after=${page.next}`)).body).toEqual({
      items: [expect.objectContaining({ email: 'i@example.net' })],
    })
  })
})

describe('a change', () => {
  test('of places takes effect with the next request, of the role with the next sign-in', async () => {
    const { house, operator } = await staff()
    const { id } = await house.somebody('m@example.net', { role: 'manager', companies: ['A'] })
    const browser = await house.signedIn('m@example.net')
    expect((await change(operator, id, { companies: ['B'] })).status).toBe(200)
    expect((await browser.api('GET', '/me')).body.companies).toEqual(['B'])
    expect((await change(operator, id, { role: 'user', line: '+33483050173' })).body).toMatchObject({
      role: 'user',
      companies: ['A'],
    })
    expect((await browser.api('GET', '/me')).status).toBe(401)
    const again = await house.signedIn('m@example.net')
    expect((await again.api('GET', '/people')).status).toBe(403)
    await change(operator, id, { disabled: true })
    expect((await again.api('GET', '/me')).status).toBe(401)
    await change(operator, id, { disabled: false })
    expect((await again.api('GET', '/me')).status).toBe(401)
  })

  test('of one who was changed meanwhile shows both', async () => {
    const { house, operator } = await staff()
    const { id } = await house.somebody('m@example.net', { role: 'manager', companies: ['A'] })
    const { headers } = await operator.api('GET', `/people/${id}`)
    const first = { 'if-match': String(headers.get('etag')) }
    expect((await operator.api('PATCH', `/people/${id}`, { name: 'One' }, first)).status).toBe(200)
    const second = await operator.api('PATCH', `/people/${id}`, { name: 'Two' }, first)
    expect([second.status, second.body.code, second.body.current.name]).toEqual([412, 'changed-since', 'One'])
  })

  test('of oneself is what one may do, not what one is', async () => {
    const { house, operator, a } = await staff()
    const me = await house.people.find({ email: ma })
    expect((await change(a, me?.id ?? 0, { disabled: true })).body.code).toBe('own-rights')
    expect((await a.api('DELETE', `/people/${me?.id}`)).body.code).toBe('own-rights')
    expect(
      (await change(operator, (await house.people.find({ email: boss }))?.id ?? 0, { name: 'B' })).status,
    ).toBe(200)
  })

  test('an installer is one for as long as the work lasts', async () => {
    const { house } = await staff()
    const until = house.clock.now + 3_600_000
    await house.somebody('i@example.net', {
      role: 'installer',
      sites: [{ company: 'A', site: 'Nice', until }],
    })
    const browser = await house.signedIn('i@example.net')
    expect((await browser.api('GET', '/me')).body).toMatchObject({
      companies: ['A'],
      sites: [{ company: 'A', site: 'Nice' }],
    })
    house.clock.now = until
    expect((await browser.api('GET', '/me')).body).toMatchObject({ companies: [], sites: [] })
  })

  test('leaves an operator, whoever tries to take away the last two at once', async () => {
    const { house } = await staff()
    const one = await house.people.find({ email: boss })
    const author = { name: 'test', source: 'test', at: house.clock.now }
    const two = await house.somebody('two@example.net')
    const gone = await Promise.allSettled([
      house.people.remove(author, one?.id ?? 0, () => {}),
      house.people.change(author, two.id, () => ({ disabled: true })),
    ])
    expect(gone.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(gone[1]).toMatchObject({ reason: { code: 'last-operator' } })
    const scope: Scope = { role: 'manager', companies: ['A'], sites: [] }
    await expect(house.people.change(author, two.id, () => ({ scope }))).rejects.toMatchObject({
      code: 'last-operator',
    })
    expect(await house.people.find({ id: two.id })).toMatchObject({ role: 'operator', disabled: false })
  })
})

test('every operation is described as OpenAPI has it', async () => {
  const { Validator } = await import('@seriousme/openapi-schema-validator')
  const document = JSON.parse(JSON.stringify(openApi(peopleRoutes, '1.0.0')))
  expect(await new Validator().validate(document)).toMatchObject({ valid: true })
})

test('what cannot be given is said field by field', async () => {
  const { house, operator } = await staff()
  const past = new Date(house.clock.now).toISOString()
  const cases = [
    [{ role: 'manager' }, 'companies', 'scope-missing'],
    [{ role: 'operator', companies: ['A'] }, 'companies', 'scope-unfit'],
    [{ role: 'manager', companies: ['A', 'No such'] }, 'companies[1]', 'company-unknown'],
    [
      { role: 'installer', sites: [{ company: 'A', site: 'Grasse', until: past }] },
      'sites[0].until',
      'until-past',
    ],
    [
      { role: 'installer', sites: [{ company: 'A', site: 'Paris', until: nextMonth(house) }] },
      'sites[0]',
      'site-unknown',
    ],
    [{ role: 'user', line: '+33999999999' }, 'line', 'line-unknown'],
  ] as const
  for (const [scope, path, code] of cases) {
    const { status, body } = await operator.api('POST', '/people', draft(scope))
    expect([status, body.problems[0].path, body.problems[0].code]).toEqual([422, path, code])
  }
  const twice = await operator.api('POST', '/people', draft({ role: 'operator' }, boss.toUpperCase()))
  expect(twice.body.code).toBe('person-exists')
  const bad = await operator.api('POST', '/people', draft({ role: 'operator' }, 'no address'))
  expect(bad.body.problems[0].code).toBe('email-invalid')
})

test('each company reads in the audit what concerns it, without secrets', async () => {
  const { house, operator } = await staff()
  const made = await operator.api('POST', '/people', draft({ role: 'manager', companies: ['A', 'B'] }))
  const { id } = made.body.person
  await change(operator, id, { companies: ['B'], name: 'Renamed' })
  await operator.api('DELETE', `/people/${id}`)
  const audit = (await house.store.recentAudit(5)).toReversed()
  expect(
    audit.map(({ what, company, subject, action, who }) => [what, company, subject, action, who]),
  ).toEqual([
    ['person', 'A', 'new@example.net', 'added', boss],
    ['person', 'B', 'new@example.net', 'added', boss],
    ['person', 'A', 'new@example.net', 'removed', boss],
    ['person', 'B', 'new@example.net', 'changed', boss],
    ['person', 'B', 'new@example.net', 'removed', boss],
  ])
  for (const { company, before, after } of audit) {
    const other = company === 'A' ? '"B"' : '"A"'
    expect(JSON.stringify([before, after])).not.toContain(other)
  }
  expect(JSON.stringify(audit)).not.toContain('argon2')
})

test('a removed line leaves its user without any, and a removed company its managers', async () => {
  const { house, operator } = await staff()
  await operator.api('POST', '/people', draft({ role: 'user', line: '+33483050173' }))
  const { applyEntries } = await import('../../../src/fleet/apply.ts')
  const { readEntries } = await import('../../../src/fleet/entries.ts')
  const { catalogue } = await import('../../../src/devices/catalogue.ts')
  const who = { name: 'test', source: 'test' }
  const left = readEntries({
    companies: [{ name: 'B', sip: { domain: 'b.example.net' }, sites: [{ name: 'Paris' }] }],
  })
  await applyEntries(house.store, left, catalogue, { prune: true, who })
  expect(await house.people.find({ email: 'new@example.net' })).toMatchObject({ companies: [], role: 'user' })
  expect(await house.people.find({ email: ma })).toMatchObject({ companies: [], role: 'manager' })
  expect(await house.people.find({ email: mb })).toMatchObject({ companies: ['B'] })
})
