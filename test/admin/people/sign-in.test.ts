import { describe, expect, test } from 'vitest'
import { sessionTimes } from '../../../src/domain/session-times.ts'
import { fileTest } from '../../store/databases.ts'
import { rawBytes } from '../../store/support.ts'
import { doorway, password } from './doorway.ts'

const ana = 'ana@example.net'

describe('a password', () => {
  test('opens the door, whatever the case of the address', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const browser = house.browser()
    const { status, body } = await browser.post('/sign-in', { email: 'ANA@example.net', password })
    expect({ status, body }).toEqual({
      status: 200,
      body: { signedIn: true, person: { email: ana, name: ana, role: 'operator', locale: 'fr' } },
    })
    expect((await browser.api('GET', '/me')).body).toMatchObject({ name: ana, companies: 'all' })
  })

  fileTest('keeps nothing on disk that could be used', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const browser = await house.signedIn(ana)
    const raw = await rawBytes(house.folder)
    expect(raw).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
    expect(raw).not.toContain(password)
    expect(raw).not.toContain(String(browser.jar.get('bootline')))
  })

  test('wrong, of nobody, of somebody without one and of somebody disabled: one answer', async () => {
    const house = await doorway()
    await house.somebody('other@example.net')
    await house.somebody(ana)
    const out = await house.somebody('out@example.net', { role: 'manager', companies: ['A'] })
    const author = { name: 'test', source: 'test', at: house.clock.now }
    await house.people.change(author, out.id, () => ({ disabled: true }))
    await house.people.add(author, {
      email: 'new@example.net',
      name: 'New',
      locale: 'fr',
      role: 'manager',
      companies: ['A'],
      sites: [],
    })
    const answers = await Promise.all(
      [
        { email: ana, password: 'wrong horse' },
        { email: 'nobody@example.net', password },
        { email: 'new@example.net', password },
        { email: 'out@example.net', password },
      ].map((given, i) => house.browser(`192.0.2.${i}`).post('/sign-in', given)),
    )
    for (const { status, body, headers } of answers) {
      expect({ status, code: body.code, detail: body.detail }).toEqual({
        status: 401,
        code: 'sign-in-refused',
        detail: answers[0]?.body.detail,
      })
      expect(headers.getSetCookie()).toEqual([])
    }
  })

  test('made with other parameters is kept with those of today once it was given', async () => {
    const house = await doorway()
    const { id } = await house.somebody(ana)
    const { hash } = await import('@node-rs/argon2')
    await house.people.credentials.setPassword(id, await hash(password, { memoryCost: 8192, timeCost: 1 }))
    await house.signedIn(ana)
    expect((await house.people.credentials.of(id)).password).toContain('m=19456,t=2,p=1')
    await house.signedIn(ana)
  })
})

describe('the cookies', () => {
  test('are for the server, or for its own pages, and never sent along from elsewhere', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const { headers } = await house.browser().post('/sign-in', { email: ana, password })
    expect(headers.getSetCookie().map((line) => line.replace(/=[\w-]{43};/, '=…;'))).toEqual([
      'bootline=…; Path=/; SameSite=Lax; HttpOnly',
      'bootline-csrf=…; Path=/; SameSite=Lax',
    ])
  })

  test('go over HTTPS only where that is how people come', async () => {
    const house = await doorway({ env: { BOOTLINE_ADMIN_URL: 'https://admin.example.net/' } })
    await house.somebody(ana)
    const browser = house.browser()
    const { headers } = await browser.post('/sign-in', { email: ana, password })
    expect(headers.getSetCookie().map((line) => line.replace(/=[\w-]{43};/, '=…;'))).toEqual([
      '__Host-bootline=…; Path=/; SameSite=Lax; HttpOnly; Secure',
      'bootline-csrf=…; Path=/; SameSite=Lax; Secure',
    ])
    expect((await browser.api('GET', '/me')).status).toBe(200)
    expect((await browser.api('PATCH', '/me', { name: 'Ana' })).status).toBe(204)
  })

  test('are others after each sign-in, and those of before open nothing', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const browser = await house.signedIn(ana)
    const former = String(browser.jar.get('bootline'))
    await browser.post('/sign-in', { email: ana, password })
    expect(browser.jar.get('bootline')).not.toBe(former)
    const thief = house.browser()
    thief.jar.set('bootline', former)
    expect((await thief.api('GET', '/me')).status).toBe(401)
  })

  test('twice under one name: none of them counts', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const browser = await house.signedIn(ana)
    const cookie = `bootline=${browser.jar.get('bootline')}; bootline=tossed`
    expect((await house.browser().api('GET', '/me', undefined, { cookie })).status).toBe(401)
  })
})

describe('a session', () => {
  test('ends when nobody uses it, and at last even when somebody does', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const idle = await house.signedIn(ana)
    const busy = await house.signedIn(ana)
    house.clock.now += sessionTimes.idle - 1
    expect((await busy.api('GET', '/me')).status).toBe(200)
    house.clock.now += 1
    expect((await idle.api('GET', '/me')).status).toBe(401)
    const end = house.clock.now - sessionTimes.idle + sessionTimes.whole
    while (house.clock.now + sessionTimes.idle < end) {
      house.clock.now += sessionTimes.idle - 2
      expect((await busy.api('GET', '/me')).status).toBe(200)
    }
    house.clock.now = end
    expect((await busy.api('GET', '/me')).status).toBe(401)
  })

  test('is listed, ended one by one, and everywhere', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const here = await house.signedIn(ana)
    const there = await house.signedIn(ana)
    await house.somebody('other@example.net')
    const other = await house.signedIn('other@example.net')
    const { items } = (await here.api('GET', '/me/sessions')).body
    expect(items.map(({ current }: { current: boolean }) => current)).toEqual([true, false])
    const [foreign] = (await other.api('GET', '/me/sessions')).body.items
    expect((await here.api('DELETE', `/me/sessions/${foreign.id}`)).status).toBe(404)
    expect((await here.api('DELETE', `/me/sessions/${items[1].id}`)).status).toBe(204)
    expect((await there.api('GET', '/me')).status).toBe(401)
    const elsewhere = await house.signedIn(ana)
    expect((await here.api('DELETE', '/me/sessions?others=true')).status).toBe(204)
    expect((await elsewhere.api('GET', '/me')).status).toBe(401)
    expect((await here.api('GET', '/me')).status).toBe(200)
    const again = await house.signedIn(ana)
    expect((await again.post('/sign-out', { everywhere: true })).body).toEqual({ signedIn: false })
    expect((await here.api('GET', '/me')).status).toBe(401)
    expect((await other.api('GET', '/me')).status).toBe(200)
  })

  test('survives a change of the password in the browser that made it, under another id', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const here = await house.signedIn(ana)
    const there = await house.signedIn(ana)
    const former = here.jar.get('bootline')
    const weak = await here.api('POST', '/me/password', { current: password, password: 'short' })
    expect(weak.body.problems[0]).toMatchObject({ code: 'password-weak', path: 'password' })
    const wrong = await here.api('POST', '/me/password', { current: 'nope', password: 'another long one' })
    expect(wrong.body.code).toBe('password-wrong')
    const fresh = { current: password, password: 'another long one' }
    expect((await here.api('POST', '/me/password', fresh)).status).toBe(204)
    expect(here.jar.get('bootline')).not.toBe(former)
    expect((await here.api('PATCH', '/me', { name: 'Ana' })).status).toBe(204)
    expect((await there.api('GET', '/me')).status).toBe(401)
    expect((await house.browser().post('/sign-in', { email: ana, password })).status).toBe(401)
  })
})

describe('a form', () => {
  test('is answered with the way on, and with its page again when it is wrong', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const browser = house.browser()
    const wrong = await browser.form('/sign-in?next=/lines', { email: ana, password: 'wrong horse' })
    expect(wrong.status).toBe(401)
    expect(wrong.text).toContain('role="alert"')
    expect(wrong.text).toContain('name="next" value="/lines"')
    const right = await browser.form('/sign-in', { email: ana, password, next: '/lines?site=Grasse' })
    expect([right.status, right.headers.get('location')]).toEqual([303, '/lines?site=Grasse'])
    const out = await browser.form('/sign-out', { _csrf: String(browser.jar.get('bootline-csrf')) })
    expect([out.status, out.headers.get('location')]).toEqual([303, '/sign-in'])
    expect(browser.jar.has('bootline')).toBe(false)
  })

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    'javascript:alert(1)',
    '/%0d%0aSet-Cookie:x=1 y',
  ])('leads nowhere else: %j', async (next) => {
    const house = await doorway()
    await house.somebody(ana)
    const { headers } = await house.browser().form('/sign-in', { email: ana, password, next })
    expect(headers.get('location')).toBe('/home')
  })

  test('what is shown again cannot become markup', async () => {
    const house = await doorway()
    const next = encodeURIComponent('/"><script>')
    const { text } = await house.browser().get(`/sign-in?next=${next}`, { accept: 'text/html' })
    expect(text).not.toContain('<script>')
  })
})

test('bodies that are not what they should be are refused', async () => {
  const house = await doorway()
  const browser = house.browser()
  expect((await browser.post('/sign-in', { email: ana })).status).toBe(422)
  expect((await browser.post('/sign-in', { email: ana, password, admin: true })).status).toBe(422)
  expect((await browser.post('/sign-in', { email: ana, password: 'x'.repeat(9000) })).status).toBe(413)
  const text = await browser.post('/sign-in', undefined, { 'content-type': 'text/plain' })
  expect(text.status).toBe(422)
  expect(house.faults).toEqual([])
})

describe('the page of the door', () => {
  const html = { accept: 'text/html' }
  const languageOf = (text: string) => /<html lang="(\w+)">/.exec(text)?.[1]

  test.each([
    ['fr-CH, fr;q=0.9, en;q=0.8', 'fr'],
    ['de, en-GB;q=0.7, fr;q=0.3', 'en'],
    ['en;q=0, de', 'fr'],
    ['*', 'fr'],
  ])('speaks to a browser of %j in %s', async (accepted, locale) => {
    const house = await doorway()
    const { text } = await house.browser().get('/sign-in', { ...html, 'accept-language': accepted })
    expect(languageOf(text)).toBe(locale)
  })

  test('keeps the language that was chosen on it, and where one wants to go', async () => {
    const house = await doorway()
    await house.somebody(ana)
    const browser = house.browser()
    const page = await browser.get('/sign-in?lang=fr&next=%2Flines', html)
    expect(languageOf(page.text)).toBe('fr')
    expect(page.text).toContain('href="/sign-in?lang&#x3D;en&amp;next&#x3D;%2Flines"')
    const wrong = await browser.form('/sign-in?next=%2Flines', { email: ana, password: 'wrong horse' })
    expect(languageOf(wrong.text)).toBe('fr')
    expect(wrong.text).toContain('name="next" value="/lines"')
    expect(wrong.text).toContain(`value="${ana}"`)
    expect(wrong.text).not.toContain('wrong horse')
    expect(languageOf((await browser.get('/sign-in?lang=de', html)).text)).toBe('fr')
  })
})
