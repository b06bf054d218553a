import { expect, test } from 'vitest'
import { ensureFirstOperator } from '../../../src/admin/people/first-operator.ts'
import { linkTimes } from '../../../src/domain/session-times.ts'
import { rawBytes } from '../../store/support.ts'
import { type Doorway, doorway, password } from './doorway.ts'

const ana = 'ana@example.net'
const fresh = 'quite another phrase'

async function invited(house: Doorway, email = 'new@example.net') {
  await house.somebody(ana)
  const browser = await house.signedIn(ana)
  const body = { email, name: 'New', role: 'manager', companies: ['A'] }
  const made = await browser.api('POST', '/people', body)
  const { link, until } = made.body.invitation
  return { operator: browser, id: made.body.person.id as number, path: new URL(link).pathname, link, until }
}

test('an invitation sets a password and signs in, once', async () => {
  const house = await doorway()
  const { path, link, until } = await invited(house)
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in\/link\/[\w-]{43}$/)
  expect(Date.parse(until)).toBe(house.clock.now + linkTimes.invitation)
  const browser = house.browser()
  for (let looks = 0; looks < 3; looks += 1) {
    expect((await browser.get(path)).body).toEqual({ kind: 'invitation', email: 'new@example.net', until })
  }
  expect((await browser.post(path, { password: 'short' })).body.problems[0].code).toBe('password-weak')
  const used = await browser.post(path, { password: fresh, name: 'Zoé' })
  expect(used.body).toMatchObject({ signedIn: true, person: { name: 'Zoé', role: 'manager' } })
  expect((await browser.api('GET', '/me')).body).toMatchObject({ companies: ['A'] })
  expect((await house.browser().post(path, { password: 'a third long phrase' })).body.code).toBe('link-dead')
  expect((await house.browser().post('/sign-in', { email: 'new@example.net', password: fresh })).status).toBe(
    200,
  )
})

test('two who use it at the same moment: one comes in', async () => {
  const house = await doorway()
  const { path } = await invited(house)
  const both = [fresh, 'a third long phrase'].map((password) => house.browser().post(path, { password }))
  expect((await Promise.all(both)).map(({ status }) => status).toSorted()).toEqual([200, 404])
})

test('dies of age, of another one, of its person being disabled', async () => {
  const house = await doorway()
  const { path, operator, id } = await invited(house)
  const look = async (at: string) => (await house.browser().get(at)).status
  const again = async () =>
    new URL((await operator.api('POST', `/people/${id}/invitation`, {})).body.link).pathname
  const second = await again()
  expect([await look(path), await look(second)]).toEqual([404, 200])
  const { headers } = await operator.api('GET', `/people/${id}`)
  const disabling = { 'if-match': String(headers.get('etag')) }
  expect((await operator.api('PATCH', `/people/${id}`, { disabled: true }, disabling)).status).toBe(200)
  expect(await look(second)).toBe(404)
  const other = await operator.api('POST', '/people', { email: 'x@example.net', name: 'X', role: 'operator' })
  const third = new URL(other.body.invitation.link).pathname
  house.clock.now += linkTimes.invitation
  expect(await look(third)).toBe(404)
  expect(await look('/sign-in/link/unknown')).toBe(404)
})

test('is in no log and not on disk', async () => {
  const house = await doorway()
  const { path } = await invited(house)
  await house.browser().get(path)
  await house.browser().get(path, { accept: 'text/html' })
  await house.browser().post(path, { password: fresh })
  const secret = path.split('/').at(-1) ?? 'none'
  const link = house.logged.filter((line) => line.includes('/sign-in/link/'))
  expect(link).toHaveLength(3)
  expect(house.logged.join()).not.toContain(secret)
  expect(await rawBytes(house.folder)).not.toContain(secret)
})

test('a reset ends what was before, and asks for the second factor all the same', async () => {
  const house = await doorway()
  const { operator } = await invited(house)
  const { id } = await house.somebody('bob@example.net')
  const bob = await house.signedIn('bob@example.net')
  await house.people.credentials.beginSecondFactor(id, Buffer.alloc(20, 1))
  await house.people.credentials.startSecondFactor(id, 0, house.clock.now, [])
  await house.people.credentials.bindSubject(id, 'https://login.example.net bob')
  const made = await operator.api('POST', `/people/${id}/invitation`, {})
  expect(made.body.kind).toBe('reset')
  expect((await bob.api('GET', '/me')).status).toBe(200)
  const browser = house.browser()
  const half = await browser.post(new URL(made.body.link).pathname, { password: fresh })
  expect(half.body).toEqual({ signedIn: false, awaits: 'code' })
  expect((await bob.api('GET', '/me')).status).toBe(401)
  expect((await browser.api('GET', '/me')).status).toBe(401)
  expect((await house.people.credentials.of(id)).subject).toBeUndefined()
  const whole = await operator.api('POST', `/people/${id}/invitation`, { removeSecondFactor: true })
  const in_ = await house.browser().post(new URL(whole.body.link).pathname, { password })
  expect(in_.body.signedIn).toBe(true)
  const { items } = (await operator.api('GET', `/people/${id}/sign-ins`)).body
  expect(items.map(({ what, by }: { what: string; by?: string }) => [what, by])).toEqual([
    ['signed-in', undefined],
    ['password-changed', undefined],
    ['link-made', ana],
    ['second-factor-off', ana],
    ['password-changed', undefined],
    ['link-made', ana],
    ['signed-in', undefined],
  ])
})

test('the page of a link has a form, and a dead one says so', async () => {
  const house = await doorway()
  const { path } = await invited(house)
  const html = { accept: 'text/html' }
  const browser = house.browser()
  expect((await browser.get(path, html)).text).toContain('autocomplete="new-password"')
  const weak = await browser.form(path, { password: 'short' })
  expect([weak.status, weak.text.includes('is shorter than 12')]).toEqual([422, true])
  const done = await browser.form(path, { password: fresh })
  expect([done.status, done.headers.get('location')]).toEqual([303, '/home'])
  const dead = await browser.get(path, html)
  expect([dead.status, dead.text.includes('opens nothing')]).toEqual([404, true])
})

test('the first start makes an operator, who says himself who he is', async () => {
  const house = await doorway()
  const first = await ensureFirstOperator(house.people, 'https://admin.example.net/', house.clock.now)
  expect(first?.link).toMatch(/^https:\/\/admin\.example\.net\/sign-in\/link\/[\w-]{43}$/)
  const path = new URL(first?.link ?? '').pathname
  const next = await ensureFirstOperator(house.people, 'https://admin.example.net/', house.clock.now)
  expect((await house.browser().get(path)).status).toBe(404)
  const second = new URL(next?.link ?? '').pathname
  const browser = house.browser()
  expect((await browser.get(second)).body.kind).toBe('first')
  expect((await browser.post(second, { password: fresh })).body.problems[0].code).toBe('email-invalid')
  const done = await browser.post(second, { password: fresh, email: 'Boss@Example.net', name: 'Boss' })
  expect(done.body.person).toEqual({
    email: 'Boss@Example.net',
    name: 'Boss',
    role: 'operator',
    locale: 'en',
  })
  expect(
    await ensureFirstOperator(house.people, 'https://admin.example.net/', house.clock.now),
  ).toBeUndefined()
  expect(
    (await house.browser().post('/sign-in', { email: 'boss@example.net', password: fresh })).status,
  ).toBe(200)
})

test('two servers that start at the same moment make one operator', async () => {
  const house = await doorway()
  const start = () => ensureFirstOperator(house.people, 'http://localhost/', house.clock.now)
  const made = await Promise.all([start(), start()])
  expect(await house.people.list({ limit: 10 })).toHaveLength(1)
  const alive = await Promise.all(
    made.map(async (one) => (await house.browser().get(new URL(one?.link ?? '').pathname)).status),
  )
  expect(alive.toSorted()).toEqual([200, 404])
})
