import { expect, test } from 'vitest'
import { tokenLife } from '../../../src/admin/people/token-rules.ts'
import { rawBytes } from '../../store/support.ts'
import { doorway } from './doorway.ts'

const boss = 'boss@example.net'
const ma = 'manager-a@example.net'

async function staff() {
  const house = await doorway()
  await house.somebody(boss)
  const { id } = await house.somebody(ma, { role: 'manager', companies: ['A', 'B'] })
  const operator = await house.signedIn(boss)
  const manager = await house.signedIn(ma)
  const author = { name: 'test', source: 'test', at: house.clock.now }
  const asToken = (token: string, method = 'GET', path = '/me', body?: unknown) =>
    house.browser().api(method, path, body, { authorization: `Bearer ${token}` })
  return { house, operator, manager, managerId: id, author, asToken }
}

test('is shown once, kept as a hash, and opens what it is for', async () => {
  const { house, manager, asToken } = await staff()
  const made = await manager.api('POST', '/tokens', { name: 'CRM', role: 'manager', companies: ['A'] })
  const { token, about } = made.body
  expect([made.status, token]).toEqual([201, expect.stringMatching(/^bl_[\w-]{43}$/)])
  expect(Date.parse(about.expiresAt)).toBe(house.clock.now + tokenLife.usual)
  expect((await asToken(token)).body).toMatchObject({
    kind: 'token',
    name: 'CRM',
    role: 'manager',
    companies: ['A'],
  })
  const raw = await rawBytes(house.folder)
  expect(raw).not.toContain(token)
  const { items } = (await manager.api('GET', '/tokens')).body
  expect(items).toEqual([
    expect.objectContaining({
      name: 'CRM',
      maker: ma,
      lastUsedFrom: '127.0.0.1',
      lastUsedAt: expect.any(String),
    }),
  ])
  expect(JSON.stringify(items)).not.toContain(token)
  const [entry] = await house.store.recentAudit(1)
  expect(entry).toMatchObject({ what: 'token', subject: 'CRM', company: 'A', action: 'added', who: ma })
  expect(JSON.stringify(entry)).not.toContain(token)
})

test('the same once more to who asks twice', async () => {
  const { operator } = await staff()
  const make = () =>
    operator.api('POST', '/tokens', { name: 'CRM', role: 'operator' }, { 'idempotency-key': 'the-same-key' })
  expect((await make()).body).toEqual((await make()).body)
})

test('never reaches further than whoever made it reaches now', async () => {
  const { house, operator, manager, managerId, author, asToken } = await staff()
  for (const scope of [{ role: 'operator' }, { role: 'manager', companies: ['A', 'No such'] }]) {
    expect((await manager.api('POST', '/tokens', { name: 'x', ...scope })).status).toBe(403)
  }
  const made = await manager.api('POST', '/tokens', { name: 'both', role: 'manager', companies: ['A', 'B'] })
  const { token } = made.body
  const change = (change: Parameters<typeof house.people.change>[2]) =>
    house.people.change(author, managerId, change)
  await change(() => ({ scope: { role: 'manager', companies: ['B'], sites: [] } }))
  expect((await asToken(token)).body.companies).toEqual(['B'])
  await change(() => ({ scope: { role: 'user', companies: [], sites: [], line: '+33483050173' } }))
  expect((await asToken(token)).status).toBe(401)
  await change(() => ({ scope: { role: 'manager', companies: ['A', 'B'], sites: [] } }))
  expect((await asToken(token)).status).toBe(200)
  await change(() => ({ disabled: true }))
  expect((await asToken(token)).status).toBe(401)
  await operator.api('DELETE', `/people/${managerId}`)
  expect((await operator.api('GET', '/tokens')).body.items).toEqual([])
})

test('ends with its time, or at once', async () => {
  const { house, operator, asToken } = await staff()
  const expiresAt = new Date(house.clock.now + 1000).toISOString()
  const short = (await operator.api('POST', '/tokens', { name: 'short', role: 'operator', expiresAt })).body
  const long = (await operator.api('POST', '/tokens', { name: 'long', role: 'operator' })).body
  expect((await asToken(short.token)).status).toBe(200)
  house.clock.now += 1000
  expect((await asToken(short.token)).status).toBe(401)
  expect((await asToken(long.token)).status).toBe(200)
  expect((await operator.api('DELETE', `/tokens/${long.about.id}`)).status).toBe(204)
  expect((await asToken(long.token)).status).toBe(401)
  expect((await operator.api('DELETE', `/tokens/${long.about.id}`)).status).toBe(404)
  for (const at of [house.clock.now - 1, house.clock.now + tokenLife.longest + 1]) {
    const { body } = await operator.api('POST', '/tokens', {
      name: 'x',
      role: 'operator',
      expiresAt: new Date(at).toISOString(),
    })
    expect(body.problems[0].code).toBe('token-expiry')
  }
})

test('is nobody: makes no tokens, has no password, and is not called like a person', async () => {
  const { operator, asToken } = await staff()
  const { token } = (await operator.api('POST', '/tokens', { name: 'all', role: 'operator' })).body
  for (const [path, body] of [
    ['/tokens', { name: 'child', role: 'operator' }],
    ['/me/password', { current: 'a', password: 'b' }],
    ['/me/totp', { password: 'a' }],
  ] as const) {
    expect((await asToken(token, 'POST', path, body)).body.code).toBe('persons-only')
  }
  const invited = await asToken(token, 'POST', '/people', {
    email: 'n@example.net',
    name: 'N',
    role: 'operator',
  })
  expect(invited.status).toBe(201)
  const named = await operator.api('POST', '/tokens', { name: boss, role: 'operator' })
  expect(named.body.problems[0].code).toBe('token-name')
})

test('of other companies is not there, of wider reach is not to be revoked', async () => {
  const { house, operator } = await staff()
  await house.somebody('a@example.net', { role: 'manager', companies: ['A'] })
  const a = await house.signedIn('a@example.net')
  const make = async (scope: object) =>
    (await operator.api('POST', '/tokens', { name: 'x', role: 'manager', ...scope })).body.about.id
  const foreign = await make({ companies: ['B'] })
  const both = await make({ companies: ['A', 'B'] })
  const items = (await a.api('GET', '/tokens')).body.items
  expect(items.map(({ id, companies }: { id: number; companies: string[] }) => [id, companies])).toEqual([
    [both, ['A']],
  ])
  expect((await a.api('DELETE', `/tokens/${foreign}`)).status).toBe(404)
  expect((await a.api('DELETE', `/tokens/${both}`)).status).toBe(403)
})

test.each(['Bearer bl_unknown', 'Bearer x', 'Basic YTpi', 'Bearer'])(
  'a request that shows %j is not judged by its cookies',
  async (authorization) => {
    const { operator } = await staff()
    expect((await operator.api('GET', '/me', undefined, { authorization })).status).toBe(401)
  },
)
