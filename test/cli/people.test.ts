import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createAuthenticate } from '../../src/admin/people/authenticate.ts'
import { useLink } from '../../src/admin/people/links.ts'
import { catalogue } from '../../src/devices/catalogue.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { main } from '../../src/main.ts'
import { openStore } from '../store/databases.ts'
import { fakeWorld } from './fake-world.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-users-'))
  const store = await openStore({ folder })
  const line = { number: '+33483050173', kind: 'fixed', site: 'Grasse', firstName: 'Anne' }
  const company = { name: 'A', sip: { domain: 'a.example.net' }, sites: [{ name: 'Grasse' }], lines: [line] }
  const who = { name: 'test', source: 'test' }
  await applyEntries(store, readEntries({ companies: [company] }), catalogue, { prune: false, who })
  await store.close()
  return () => rm(folder, { recursive: true, force: true })
})

async function run(...args: string[]) {
  const world = fakeWorld({ BOOTLINE_DATA: folder, BOOTLINE_ADMIN_URL: 'https://admin.example.net/' })
  const code = await main(args, world)
  return { code, out: world.written.stdout(), err: world.written.stderr() }
}

async function json(...args: string[]) {
  const { out } = await run(...args, '--json')
  return JSON.parse(out)
}

async function withStore<T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const store = await openStore({ folder })
  onTestFinished(() => store.close())
  return work(store)
}

test('somebody is invited, comes in by the link, and is listed', async () => {
  expect((await run('users')).out).toContain('Nobody yet')
  const made = await run('users', 'invite', 'ana@example.net', '--role', 'manager', '--company', 'A')
  const link = /https:\/\/admin\.example\.net\/sign-in\/link\/([\w-]{43})/.exec(made.out)?.[1] ?? ''
  const signedIn = await withStore(({ people }) =>
    useLink(
      { people, now: Date.now, adminUrl: undefined },
      link,
      { password: 'horse battery staple', locale: 'fr' },
      { address: '192.0.2.1', userAgent: '', secure: true },
    ),
  )
  expect(signedIn.stage).toBe('whole')
  const { out } = await run('users')
  expect(out).toMatch(/ana@example\.net +ana +manager +A +\d{4}-\d\d-\d\d +active/)
  expect(await json('users')).toEqual([
    expect.objectContaining({
      email: 'ana@example.net',
      role: 'manager',
      companies: ['A'],
      hasPassword: true,
    }),
  ])
})

test('a role is changed, somebody is disabled, enabled, reset and removed', async () => {
  await run('users', 'add', 'boss@example.net', '--role', 'operator', '--name', 'Boss')
  await run('users', 'add', 'i@example.net', '--role', 'user', '--line', '04 83 05 01 73')
  const role = await run(
    'users',
    'role',
    'i@example.net',
    '--role',
    'installer',
    '--site',
    'A/Grasse',
    '--until',
    '2099-01-31',
  )
  expect(role.out).toBe('i@example.net, installer, A/Grasse until 2099-01-31: may do that from now on.\n')
  expect((await run('users', 'disable', 'i@example.net')).code).toBe(1)
  expect((await run('users', 'disable', 'i@example.net', '--yes')).code).toBe(0)
  expect(await json('users', 'reset', 'i@example.net')).toMatchObject({ error: { code: 'person-disabled' } })
  await run('users', 'enable', 'i@example.net')
  expect(await json('users', 'reset', 'I@example.net')).toMatchObject({
    email: 'i@example.net',
    kind: 'invitation',
  })
  expect((await run('users', 'remove', 'i@example.net', '--yes')).code).toBe(0)
  expect(await json('users', 'remove', 'boss@example.net', '--yes')).toMatchObject({
    error: { code: 'last-operator' },
  })
  expect(await json('users')).toHaveLength(1)
  const audit = await withStore((store) => store.recentAudit(10))
  const people = audit.filter(({ what }) => what === 'person')
  expect(people.length).toBeGreaterThan(5)
  expect(people.every(({ source }) => source === 'cli')).toBe(true)
})

test.each([
  [['users', 'ad', 'a@example.net'], 'usage', 'did you mean add?'],
  [['users', 'add'], 'usage', 'bootline users add'],
  [['users', 'add', 'a@example.net'], 'usage', '--role manager'],
  [['users', 'add', 'a@example.net', '--role', 'manger'], 'usage', 'did you mean manager?'],
  [['users', 'add', 'a@example.net', '--role', 'manager'], 'scope-refused', 'say which companies'],
  [
    ['users', 'add', 'a@example.net', '--role', 'manager', '--company', 'B'],
    'scope-refused',
    'name a company',
  ],
  [['users', 'add', 'a.example.net', '--role', 'operator'], 'scope-refused', 'stephane@example.net'],
  [
    ['users', 'add', 'a@example.net', '--role', 'installer', '--site', 'Grasse'],
    'scope-refused',
    'COMPANY/SITE',
  ],
  [['users', 'add', 'a@example.net', '--role', 'operator', '--locale', 'de'], 'usage', 'fr, en'],
  [['users', 'reset', 'a@example.net'], 'person-unknown', 'list of people'],
  [['tokens', 'create', 'x'], 'usage', 'say what the program may do'],
  [['tokens', 'create', 'a@b', '--role', 'operator'], 'scope-refused', 'letters, digits'],
  [['tokens', 'create', 'x', '--role', 'operator', '--expires', '2020-01-01'], 'scope-refused', '366 days'],
  [['tokens', 'revoke', 'x'], 'token-unknown', 'bootline tokens'],
])('%j is refused, with what would be right', async (args, code, right) => {
  const { err, ...done } = await run(...args)
  expect(done.code).toBe(1)
  expect(err).toContain(`error ${code}:`)
  expect(err).toContain(right)
  expect(await json('users')).toEqual([])
})

test('a token is made, opens what it is for, is listed without its text, and revoked', async () => {
  const made = await run('tokens', 'create', 'crm', '--role', 'manager', '--company', 'A')
  const token = made.out.split('\n')[0] ?? ''
  expect(token).toMatch(/^bl_[\w-]{43}$/)
  const ask = () =>
    withStore(({ people }) => {
      const request = { method: 'POST', headers: { authorization: `Bearer ${token}` } }
      const authenticate = createAuthenticate({ people, now: Date.now, adminUrl: undefined })
      return authenticate(request as unknown as Parameters<typeof authenticate>[0], '192.0.2.1')
    })
  expect(await ask()).toMatchObject({ kind: 'token', name: 'crm', role: 'manager', companies: ['A'] })
  const { out } = await run('tokens')
  expect(out).toMatch(/1 +crm +manager +A/)
  expect(out).not.toContain(token)
  await run('tokens', 'create', 'crm', '--role', 'operator')
  expect(await json('tokens', 'revoke', 'crm', '--yes')).toMatchObject({ error: { code: 'token-unknown' } })
  expect(await json('tokens', 'revoke', '1', '--yes')).toEqual({ id: 1, revoked: true })
  expect(await ask()).toBeUndefined()
})
