import { expect, test } from 'vitest'
import { base32, codeAt, matchingStep, stepOf, totpUri } from '../../../src/admin/people/totp.ts'
import { guessTimes } from '../../../src/domain/guessing.ts'
import { sessionTimes } from '../../../src/domain/session-times.ts'
import { rawBytes } from '../../store/support.ts'
import { type Doorway, doorway, password } from './doorway.ts'

const ana = 'ana@example.net'

// RFC 6238, appendix B, with the last six of its eight digits.
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('the code at %i s is %s', (seconds, code) => {
  expect(codeAt(Buffer.from('12345678901234567890'), stepOf(seconds * 1000))).toBe(code)
})

test('a code counts a step early and late, and no further', () => {
  const secret = Buffer.alloc(20, 7)
  const now = 1_000_000_000_000
  const ages = [-2, -1, 0, 1, 2].map((age) => matchingStep(secret, codeAt(secret, stepOf(now) + age), now))
  expect(ages.map((step) => step !== undefined)).toEqual([false, true, true, true, false])
})

test('secrets are written as RFC 4648 has it', () => {
  const vectors = {
    f: 'MY',
    fo: 'MZXQ',
    foo: 'MZXW6',
    foob: 'MZXW6YQ',
    fooba: 'MZXW6YTB',
    foobar: 'MZXW6YTBOI',
  }
  for (const [text, written] of Object.entries(vectors)) expect(base32(Buffer.from(text))).toBe(written)
  expect(new URL(totpUri(Buffer.alloc(20), ana)).searchParams.get('secret')).toBe('A'.repeat(32))
})

/** Sets a second factor up, as a person does with an app. */
async function withFactor(house: Doorway) {
  const person = await house.somebody(ana)
  const browser = await house.signedIn(ana)
  const begun = await browser.api('POST', '/me/totp', { password })
  const { totp } = await house.people.credentials.of(person.id)
  if (!totp) throw new Error('no secret was kept')
  expect(begun.body.secret).toBe(base32(totp))
  const code = () => codeAt(totp, stepOf(house.clock.now))
  const confirmed = await browser.api('POST', '/me/totp/confirmation', { code: code() })
  house.clock.now += 60_000
  return { person, browser, code, recoveryCodes: confirmed.body.recoveryCodes as string[] }
}

test('is asked for once it was tried, and its secret is sealed', async () => {
  const house = await doorway()
  const person = await house.somebody(ana)
  const browser = await house.signedIn(ana)
  expect((await browser.api('POST', '/me/totp', { password: 'wrong' })).body.code).toBe('password-wrong')
  const { secret } = (await browser.api('POST', '/me/totp', { password })).body
  await house.signedIn(ana)
  const wrong = await browser.api('POST', '/me/totp/confirmation', { code: '000000' })
  expect(wrong.body.problems[0].code).toBe('code-wrong')
  expect((await house.people.find({ id: person.id }))?.hasSecondFactor).toBe(false)
  const { totp } = await house.people.credentials.of(person.id)
  const raw = await rawBytes(house.folder)
  expect(raw).not.toContain(secret)
  expect(raw).not.toContain(String(totp?.toString('base64url')))
})

test('the password alone opens nothing but the question for the code', async () => {
  const house = await doorway()
  const { code } = await withFactor(house)
  const browser = house.browser()
  const half = await browser.post('/sign-in', { email: ana, password })
  expect({ status: half.status, body: half.body }).toEqual({
    status: 200,
    body: { signedIn: false, awaits: 'code' },
  })
  expect((await browser.api('GET', '/me')).status).toBe(401)
  const former = browser.jar.get('bootline')
  expect((await browser.post('/sign-in/code', { code: '000000' })).status).toBe(401)
  const whole = await browser.post('/sign-in/code', { code: ` ${code().slice(0, 3)} ${code().slice(3)}` })
  expect(whole.body.signedIn).toBe(true)
  expect(browser.jar.get('bootline')).not.toBe(former)
  expect((await browser.api('GET', '/me')).body).toMatchObject({
    name: ana,
    secondFactor: true,
    recoveryCodes: 10,
  })
})

test('a code works once, also when it is sent twice at the same moment', async () => {
  const house = await doorway()
  const { code } = await withFactor(house)
  const both = [1, 2].map(() => house.browser().post('/sign-in', { email: ana, password, code: code() }))
  const statuses = (await Promise.all(both)).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([200, 401])
})

test('a recovery code works once, however it is typed', async () => {
  const house = await doorway()
  const { recoveryCodes } = await withFactor(house)
  expect(new Set(recoveryCodes).size).toBe(10)
  const [first = '', second = ''] = recoveryCodes
  const use = (code: string) => house.browser().post('/sign-in', { email: ana, password, code })
  expect((await use(first.toUpperCase().replace('-', ' '))).status).toBe(200)
  expect((await use(first)).status).toBe(401)
  expect((await use(second)).status).toBe(200)
  const raw = await rawBytes(house.folder)
  for (const code of recoveryCodes) expect(raw).not.toContain(code)
})

test('guessing codes is guessing, with the right password in between too', async () => {
  const house = await doorway()
  await withFactor(house)
  const browser = house.browser()
  const statuses: number[] = []
  for (let i = 0; i < 6; i += 1) {
    statuses.push((await browser.post('/sign-in', { email: ana, password })).status)
    statuses.push((await browser.post('/sign-in/code', { code: '000000' })).status)
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(4)
  expect(statuses.at(-1)).toBe(429)
  expect(statuses.at(-2)).toBe(429)
})

test('the time for the code is short, and its form needs the proof of its page', async () => {
  const house = await doorway()
  const { code } = await withFactor(house)
  const browser = house.browser()
  const half = await browser.form('/sign-in', { email: ana, password, next: '/lines' })
  expect([half.status, half.headers.get('location')]).toEqual([303, '/sign-in/code?next=%2Flines'])
  const page = await browser.get('/sign-in/code?next=%2Flines')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  expect((await browser.form('/sign-in/code', { code: code(), _csrf: 'x' })).status).toBe(403)
  house.clock.now += sessionTimes.secondFactor
  expect((await browser.form('/sign-in/code', { code: code(), _csrf: csrf })).status).toBe(401)
  await browser.form('/sign-in', { email: ana, password })
  const again = /name="_csrf" value="([^"]+)"/.exec((await browser.get('/sign-in/code')).text)?.[1] ?? ''
  const whole = await browser.form('/sign-in/code', { code: code(), _csrf: again, next: '/lines' })
  expect([whole.status, whole.headers.get('location')]).toEqual([303, '/lines'])
})

test('is taken off with the password, and other sessions are over with each change', async () => {
  const house = await doorway()
  const person = await house.somebody(ana)
  const other = await house.signedIn(ana)
  const browser = await house.signedIn(ana)
  await browser.api('POST', '/me/totp', { password })
  const { totp = Buffer.alloc(0) } = await house.people.credentials.of(person.id)
  const former = browser.jar.get('bootline')
  await browser.api('POST', '/me/totp/confirmation', { code: codeAt(totp, stepOf(house.clock.now)) })
  expect(browser.jar.get('bootline')).not.toBe(former)
  expect((await other.api('GET', '/me')).status).toBe(401)
  expect((await browser.api('POST', '/me/totp', { password })).body.code).toBe('second-factor-on')
  const codes = await browser.api('POST', '/me/totp/recovery-codes', { password })
  expect(codes.body.recoveryCodes).toHaveLength(10)
  expect((await browser.api('POST', '/me/totp/removal', { password })).status).toBe(204)
  house.clock.now += guessTimes.forget
  await house.signedIn(ana)
})
