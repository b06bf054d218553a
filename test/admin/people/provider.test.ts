import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { createProvider } from '../../../src/admin/people/provider.ts'
import type { Browser } from './browser.ts'
import { type Doorway, doorway } from './doorway.ts'
import { type Accounts, quietProvider, runProvider } from './oidc-server.ts'

const accounts: Accounts = {
  ana: { email: 'Ana@example.net', email_verified: true },
  unverified: { email: 'ana@example.net', email_verified: false },
  nameless: {},
  other: { email: 'ana@example.net', email_verified: true },
}

beforeAll(quietProvider)

interface Setting {
  readonly house: Doorway
  /** What the real provider sends a browser back to, with a person of that name signed in there. */
  readonly through: (browser: Browser, login: string, from?: string) => Promise<string>
}

async function setting(tamper: { readonly nonce?: boolean } = {}): Promise<Setting> {
  const oidc = await runProvider(accounts)
  onTestFinished(() => oidc.close())
  const house = await doorway({
    provider: (address) => {
      const redirectUri = `${address}sign-in/oidc/callback`
      const client = { issuer: oidc.issuer, clientId: 'bootline', clientSecret: oidc.secret, redirectUri }
      oidc.register(redirectUri)
      const provider = createProvider(client)
      if (!tamper.nonce) return provider
      return {
        ...provider,
        finish: (search, errand) => provider.finish(search, { ...errand, nonce: 'another' }),
      }
    },
  })
  return {
    house,
    async through(browser, login, from = '/sign-in/oidc?next=/lines') {
      const out = await browser.get(from)
      expect(out.status).toBe(303)
      return oidc.signIn(String(out.headers.get('location')), login)
    },
  }
}

test('somebody who was invited comes in by the address that the provider has verified', async () => {
  const { house, through } = await setting()
  const { id } = await house.somebody('ana@example.net')
  const browser = house.browser()
  const back = await through(browser, 'ana')
  const seen = await browser.get(back)
  expect([seen.status, seen.headers.get('location')]).toEqual([303, '/lines'])
  expect((await browser.api('GET', '/me')).body.name).toBe('ana@example.net')
  expect(browser.jar.has('bootline-provider')).toBe(false)
  expect((await house.people.credentials.of(id)).subject).toMatch(/^http:\/\/127\.0\.0\.1:\d+ ana$/)
  const [event] = await house.people.watch.events({ person: id, limit: 1 })
  expect(event).toMatchObject({ what: 'signed-in', way: 'provider' })
})

test('he is known again under another address, and his former one is not for another account there', async () => {
  const { house, through } = await setting()
  const { id } = await house.somebody('ana@example.net')
  const first = house.browser()
  await first.get(await through(first, 'ana'))
  const author = { name: 'test', source: 'test', at: house.clock.now }
  const browser = house.browser()
  const stolen = await browser.get(await through(browser, 'other'))
  expect(stolen.body.code).toBe('not-invited')
  await house.people.change(author, id, () => ({ email: 'married@example.net' }))
  const again = house.browser()
  await again.get(await through(again, 'ana'))
  expect((await again.api('GET', '/me')).body.name).toBe('married@example.net')
})

test.each(['unverified', 'nameless'])('an account that is %s opens nothing', async (login) => {
  const { house, through } = await setting()
  await house.somebody('ana@example.net')
  const browser = house.browser()
  const seen = await browser.get(await through(browser, login))
  expect([seen.status, seen.body.code]).toEqual([403, 'not-invited'])
  expect(browser.jar.has('bootline')).toBe(false)
})

test('nobody is made by coming, and who is disabled stays out', async () => {
  const { house, through } = await setting()
  const stranger = house.browser()
  expect((await stranger.get(await through(stranger, 'ana'))).status).toBe(403)
  expect(await house.people.list({ limit: 1 })).toEqual([])
  const { id } = await house.somebody('ana@example.net', { role: 'manager', companies: ['A'] })
  const author = { name: 'test', source: 'test', at: house.clock.now }
  await house.people.change(author, id, () => ({ disabled: true }))
  expect((await stranger.get(await through(stranger, 'ana'))).status).toBe(403)
})

test('a way back that this browser was not sent on leads nowhere', async () => {
  const { house, through } = await setting()
  await house.somebody('ana@example.net')
  const victim = house.browser()
  const thief = house.browser()
  const back = await through(thief, 'ana')
  expect((await victim.get(back)).body.code).toBe('errand-unknown')
  await through(victim, 'ana')
  expect((await victim.get(back)).body.code).toBe('errand-unknown')
  expect((await thief.get(back)).status).toBe(303)
  expect((await thief.get(back)).body.code).toBe('errand-unknown')
})

test('a person is told in his language, on a page that leads back to the door', async () => {
  const { house } = await setting()
  const browser = house.browser()
  const french = { accept: 'text/html', 'accept-language': 'fr' }
  const door = await browser.get('/sign-in?next=/lines', french)
  expect(door.text).toContain('href="/sign-in/oidc?next&#x3D;%2Flines"')
  const seen = await browser.get('/sign-in/oidc/callback?state=x&code=y', french)
  expect([seen.status, seen.text.includes('Cette connexion a commencé ailleurs')]).toEqual([400, true])
  expect(seen.text).toContain('href="/sign-in"')
  expect(seen.text).toContain('href="/sign-in?lang&#x3D;en"')
})

test('a token that answers another question is refused, and the log says why', async () => {
  const { house, through } = await setting({ nonce: true })
  await house.somebody('ana@example.net')
  const browser = house.browser()
  const seen = await browser.get(await through(browser, 'ana'))
  expect([seen.status, seen.body.code]).toEqual([502, 'provider-unreachable'])
  expect(house.faults).toEqual([expect.objectContaining({ message: expect.stringContaining('claim value') })])
  expect(browser.jar.has('bootline')).toBe(false)
})

test('a provider that is away is asked again the next time', async () => {
  const { house } = await setting()
  const absent = createServer((_request, response) => response.writeHead(503).end())
  absent.listen(0, '127.0.0.1')
  await once(absent, 'listening')
  onTestFinished(() => void absent.close())
  let asked = 0
  absent.on('request', () => {
    asked += 1
  })
  const issuer = `http://127.0.0.1:${(absent.address() as AddressInfo).port}`
  const redirectUri = `${house.address}sign-in/oidc/callback`
  const provider = createProvider({ issuer, clientId: 'x', clientSecret: undefined, redirectUri })
  for (const times of [1, 2]) {
    await expect(provider.begin('')).rejects.toMatchObject({ code: 'provider-unreachable', status: 502 })
    expect(asked).toBe(times)
  }
})
