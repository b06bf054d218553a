import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'
import { browserAt } from './browser.ts'

/** What the provider knows of its people, by their name there. */
export type Accounts = Readonly<
  Record<string, { readonly email?: string; readonly email_verified?: boolean }>
>

export interface RunningProvider {
  readonly issuer: string
  readonly secret: string
  /** Knows Bootline, and where it wants its people back. */
  register(redirectUri: string): void
  /** Goes there as a browser does, signs in and agrees; gives the address it is sent back to. */
  signIn(url: string, login: string): Promise<string>
  close(): Promise<void>
}

/** As much as is used of a package that comes without types. */
type ProviderClass = new (issuer: string, configuration: object) => { callback(): RequestListener }

const packageName: string = 'oidc-provider'

/** It says at each start that it is set up for a test, which is true. */
export function quietProvider(): void {
  for (const way of ['info', 'warn'] as const) vi.spyOn(console, way).mockImplementation(() => {})
}

/** A real provider on this machine, with its own pages for signing in. */
export async function runProvider(accounts: Accounts): Promise<RunningProvider> {
  const { default: Provider } = (await import(packageName)) as { default: ProviderClass }
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const secret = 'a-secret-of-the-test-alone'
  return {
    issuer,
    secret,
    register(redirectUri) {
      const client = { client_id: 'bootline', client_secret: secret, redirect_uris: [redirectUri] }
      const provider = new Provider(issuer, {
        clients: [client],
        findAccount: (_context: unknown, id: string) => ({
          accountId: id,
          claims: () => ({ sub: id, ...accounts[id] }),
        }),
        claims: { openid: ['sub'], email: ['email', 'email_verified'] },
        cookies: { keys: ['test'] },
        pkce: { required: () => true },
      })
      server.on('request', provider.callback())
    },
    async signIn(url, login) {
      const browser = browserAt(issuer)
      let seen = await browser.get(url)
      for (let steps = 0; steps < 12; steps += 1) {
        const location = seen.headers.get('location')
        if (location !== null && !new URL(location, issuer).href.startsWith(issuer)) return location
        if (location !== null) {
          seen = await browser.get(new URL(location, issuer).href)
          continue
        }
        const action = /<form[^>]* action="([^"]+)"/.exec(seen.text)?.[1]
        const prompt = /name="prompt" value="(\w+)"/.exec(seen.text)?.[1]
        if (action === undefined || prompt === undefined) break
        seen = await browser.form(new URL(action, issuer).pathname, { prompt, login, password: 'any' })
      }
      throw new Error(`the provider answered ${seen.status}: ${seen.text.slice(0, 300)}`)
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
