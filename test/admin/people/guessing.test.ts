import { expect, test } from 'vitest'
import { createAuthenticate } from '../../../src/admin/people/authenticate.ts'
import { signInWithPassword } from '../../../src/admin/people/sign-in.ts'
import { guessLimits, guessTimes } from '../../../src/domain/guessing.ts'
import { openStore } from '../../store/databases.ts'
import { type Doorway, doorway, password } from './doorway.ts'

const ana = 'ana@example.net'
const wrong = { email: ana, password: 'wrong horse' }

/** Guesses until the door is shut for good, waiting as long as it is told to. */
async function lockOut(house: Doorway, email: string, source = '192.0.2.1'): Promise<number[]> {
  const waits: number[] = []
  const browser = house.browser(source)
  for (let tries = 0; tries < guessLimits.person.most; ) {
    const { status, headers } = await browser.post('/sign-in', { email, password: 'wrong horse' })
    if (status === 401) tries += 1
    else {
      const wait = Number(headers.get('retry-after'))
      waits.push(wait)
      house.clock.now += wait * 1000
    }
  }
  return waits
}

test.each([
  ['somebody', ana],
  ['nobody', 'nobody@example.net'],
])('who guesses at %s is slowed down, then shut out, from wherever he comes', async (_who, email) => {
  const house = await doorway()
  await house.somebody(ana)
  expect(await lockOut(house, email)).toEqual([1, 2, 4, 8, 16, 32])
  const shut = await house.browser('198.51.100.7').post('/sign-in', { email, password })
  expect({ status: shut.status, code: shut.body.code, wait: shut.headers.get('retry-after') }).toEqual({
    status: 429,
    code: 'too-many-tries',
    wait: String(guessTimes.shut / 1000),
  })
  house.clock.now += guessTimes.shut
  const after = await house.browser().post('/sign-in', { email, password })
  expect(after.status).toBe(email === ana ? 200 : 401)
})

test('a restart forgets none of it', async () => {
  const house = await doorway()
  await house.somebody(ana)
  await lockOut(house, ana)
  const other = await openStore({ folder: house.folder })
  const door = { people: other.people, now: () => house.clock.now, adminUrl: undefined }
  const visitor = { address: '203.0.113.9', userAgent: '', secure: false }
  await expect(signInWithPassword(door, { email: ana, password }, visitor)).rejects.toMatchObject({
    code: 'too-many-tries',
  })
  await other.close()
})

test('many at once are no more than many in a row', async () => {
  const house = await doorway()
  await house.somebody(ana)
  const tries = Array.from({ length: 12 }, () => house.browser().post('/sign-in', wrong))
  const statuses = (await Promise.all(tries)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(guessLimits.person.free + 1)
  expect(statuses.filter((status) => status === 429)).toHaveLength(12 - guessLimits.person.free - 1)
})

test('one source cannot go through people, however many addresses of its network it takes', async () => {
  const house = await doorway()
  let refused = 0
  for (let i = 0; i < 12; i += 1) {
    const browser = house.browser(`2001:db8:1:2::${i + 1}`)
    const { status } = await browser.post('/sign-in', { email: `p${i}@example.net`, password })
    if (status === 401) refused += 1
  }
  expect(refused).toBe(guessLimits.source.free + 1)
  const neighbour = house.browser('2001:db8:1:3::1')
  expect((await neighbour.post('/sign-in', { email: 'p99@example.net', password })).status).toBe(401)
})

test('being right clears what somebody mistyped', async () => {
  const house = await doorway()
  await house.somebody(ana)
  for (let i = 0; i < 6; i += 1) {
    expect((await house.browser(`192.0.2.${i}`).post('/sign-in', wrong)).status).toBe(401)
    expect((await house.browser().post('/sign-in', { email: ana, password })).status).toBe(200)
  }
})

test('what happened at the door is told, without what was typed', async () => {
  const house = await doorway()
  const person = await house.somebody(ana)
  await lockOut(house, ana)
  house.clock.now += guessTimes.shut
  const browser = await house.signedIn(ana)
  const { items } = (await browser.api('GET', '/me/sign-ins?limit=3')).body
  expect(items.map(({ what, address }: { what: string; address: string }) => [what, address])).toEqual([
    ['signed-in', '127.0.0.1'],
    ['locked-out', '192.0.2.1'],
    ['refused', '192.0.2.1'],
  ])
  const events = await house.people.watch.events({ person: person.id, limit: 100 })
  expect(JSON.stringify(events)).not.toContain('wrong horse')
  expect(house.logged.join()).not.toContain('wrong horse')
})

test('a page of another site, or without the proof, changes nothing', async () => {
  const house = await doorway()
  await house.somebody(ana)
  const browser = await house.signedIn(ana)
  const csrf = { 'x-csrf-token': String(browser.jar.get('bootline-csrf')) }
  const change = (headers: Record<string, string>) => browser.api('PATCH', '/me', { name: 'Eve' }, headers)
  const codes = []
  for (const headers of [
    { 'x-csrf-token': '' },
    { 'x-csrf-token': 'x'.repeat(43) },
    { ...csrf, origin: 'https://evil.example' },
    { ...csrf, origin: 'null' },
    { ...csrf, 'sec-fetch-site': 'cross-site' },
    { ...csrf, 'sec-fetch-site': 'same-site' },
  ]) {
    codes.push((await change(headers)).body.code)
  }
  expect(codes).toEqual(['csrf-unfit', 'csrf-unfit', ...Array(4).fill('other-site')])
  expect((await browser.api('GET', '/me')).body.displayName).toBe(ana)
  expect((await change(csrf)).status).toBe(204)
  const login = await house
    .browser()
    .form('/sign-in', { email: ana, password }, { origin: 'https://evil.example' })
  expect([login.status, login.headers.getSetCookie()]).toEqual([403, []])
  const out = await browser.form('/sign-out', { _csrf: 'guessed' })
  expect(out.status).toBe(403)
  expect((await browser.api('GET', '/me')).status).toBe(200)
})

test('proof of one session is none of another', async () => {
  const house = await doorway()
  await house.somebody(ana)
  const one = await house.signedIn(ana)
  const two = await house.signedIn(ana)
  const headers = { 'x-csrf-token': String(one.jar.get('bootline-csrf')) }
  expect((await two.api('PATCH', '/me', { name: 'x' }, headers)).body.code).toBe('csrf-unfit')
})

test('reading while signed in does not write at each request', async () => {
  const house = await doorway()
  await house.somebody(ana)
  const browser = await house.signedIn(ana)
  const notes: number[] = []
  const { sessions } = house.people
  const watched = {
    ...house.people,
    sessions: { ...sessions, note: async (id: number) => void notes.push(id) },
  }
  const authenticate = createAuthenticate({
    people: watched,
    now: () => house.clock.now,
    adminUrl: undefined,
  })
  const request = {
    method: 'GET',
    headers: { cookie: `bootline=${browser.jar.get('bootline')}` },
    socket: {},
  }
  const ask = () => authenticate(request as unknown as Parameters<typeof authenticate>[0], '192.0.2.1')
  expect(await ask()).toMatchObject({ name: ana, role: 'operator' })
  expect(notes).toEqual([])
  house.clock.now += 61_000
  await ask()
  expect(notes).toHaveLength(1)
})

test('whoever manages people sees who is shut out, until when, and that it is over', async () => {
  const house = await doorway()
  const { id } = await house.somebody(ana)
  await house.somebody('boss@example.net')
  const boss = await house.signedIn('boss@example.net')
  await lockOut(house, ana)
  const until = new Date(house.clock.now + guessTimes.shut).toISOString()
  expect((await boss.api('GET', `/people/${id}`)).body.lockedUntil).toBe(until)
  const { items } = (await boss.api('GET', '/people')).body
  expect(items.map(({ lockedUntil }: { lockedUntil?: string }) => lockedUntil)).toEqual([until, undefined])
  house.clock.now += guessTimes.shut
  expect((await boss.api('GET', `/people/${id}`)).body.lockedUntil).toBeUndefined()
})
