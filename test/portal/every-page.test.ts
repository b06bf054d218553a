import { describe, expect, test, vi } from 'vitest'
import { pages } from '../../src/admin/portal/pages.ts'
import { hasBrowser, openBrowser } from './helpers/browser.ts'
import { living } from './helpers/living.ts'
import { patience } from './helpers/moves.ts'

const danger = '<script>alert(1)</script>'
const evil = '"><img src=x>'
const line = '+33483050173'
const mac = '64167fb269d6'
const stranger = '805ec0123456'

/** What stands in braces in the paths of pages. Pages that need more than a place are tried where they belong. */
const places: Readonly<Record<string, string>> = {
  company: 'Toine Immo',
  site: 'Grasse',
  line,
  mac,
  person: '1',
  group: 'Accueil',
}
const queries: Readonly<Record<string, string>> = {
  '/pickup/new': 'company=Toine+Immo&site=Grasse',
  '/discovered/{mac}/link': `line=${encodeURIComponent(line)}`,
}
const elsewhere = [
  '/imports/{import}',
  '/companies/{company}/layouts/{layout}',
  '/companies/{company}/layouts/{layout}/apply',
  '/lines/{line}/keys/undo',
  '/tokens/{token}/revoke',
  '/devices/restart',
  '/parameter-names',
]

const server = await living()
await server.change(
  [
    {
      name: 'Toine Immo',
      sites: [{ name: 'Grasse', address: danger }],
      lines: [
        {
          number: line,
          kind: 'fixed',
          site: 'Grasse',
          firstName: danger,
          lastName: evil,
          keys: {
            supervision: ['+33483050174'],
            shortcuts: [{ number: '3899', label: danger }, 'interception'],
          },
        },
      ],
    },
  ],
  danger,
)
const operator = await cookieOf('operator', 'fr')
const headers = { 'User-Agent': `Yealink SIP-T46S 66.86.0.15 ${stranger} ${danger}` }
await fetch(`http://${server.devices.http}/${stranger}.cfg`, { headers })
// Who asked is written down a moment later.
await vi.waitFor(
  async () => expect((await get(`/discovered/${stranger}`, operator)).status).toBe(200),
  patience,
)

const addresses = pages.filter(({ path }) => !elsewhere.includes(path)).map(({ path }) => addressOf(path))

function addressOf(path: string): string {
  const place = { ...places, ...(path.startsWith('/discovered/') ? { mac: stranger } : {}) }
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = (place as typeof places)[name]
    if (value === undefined)
      throw new Error(`${path} needs ${name}: give it here, or name the page elsewhere`)
    return encodeURIComponent(value)
  })
  return queries[path] ? `${filled}?${queries[path]}` : filled
}

async function get(
  address: string,
  cookie: string,
): Promise<{ status: number; html: string; bytes: number }> {
  const answer = await fetch(new URL(address, server.address), {
    headers: { Cookie: cookie, Accept: 'text/html', 'Accept-Encoding': 'identity, gzip' },
  })
  const html = await answer.text()
  return { status: answer.status, html, bytes: Number(answer.headers.get('content-length')) }
}

async function cookieOf(role: 'operator' | 'manager', locale: 'fr' | 'en'): Promise<string> {
  return (await server.signedIn(role, locale)).map(({ name, value }) => `${name}=${value}`).join('; ')
}

test.each(['fr', 'en'] as const)('every page is whole, light and harmless in %s', async (locale) => {
  const cookie = await cookieOf('operator', locale)
  expect(addresses.length).toBeGreaterThan(50)
  const faults: string[] = []
  for (const address of addresses) {
    const { status, html, bytes } = await get(address, cookie)
    const say = (what: string) => faults.push(`${address}: ${what}`)
    if (status !== 200) say(`answers ${status}`)
    if (html.includes(danger) || html.includes('<img src=x'))
      say('shows what somebody typed as if it were ours')
    if (/\s(?:style|on[a-z]+)="/.test(html)) say('has a style or a program inside')
    if (/(?:src|href|action)="(?:https?:)?\/\//.test(html)) say('names another server')
    if (!(bytes > 0 && bytes < 100 * 1024)) say(`has ${bytes} bytes`)
    if (!html.startsWith('<!doctype html>')) continue
    if (!html.includes(`<html lang="${locale}">`)) say('does not say its language')
    if (html.match(/<h1[ >]/g)?.length !== 1) say('does not have one heading')
    if (/<title>\s*·/.test(html)) say('has no title')
    if (/\{\w+\}/.test(html.replaceAll(/<script[\s\S]*?<\/script>/g, '')))
      say('shows a value that was not given')
  }
  expect(faults).toEqual([])
})

describe.skipIf(!hasBrowser)('with the keyboard (needs chromium)', () => {
  const seats = openBrowser(server)

  test('everything that can be used can be reached, in the order it is read, and shows that it is', async () => {
    const page = await seats.sit({ role: 'operator', locale: 'en' })
    const faults: string[] = []
    for (const address of addresses) {
      await page.goto(address)
      const wrong = await page.evaluate(() => {
        const usable = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
        // What is there for programs alone, such as a name for those that keep passwords, nobody sees either.
        const seen = Array.from(document.querySelectorAll<HTMLElement>(usable)).filter(
          (one) =>
            one.checkVisibility() && !one.matches(':disabled, .hidden, .visually-hidden[tabindex="-1"]'),
        )
        return seen
          .filter((one) => {
            one.focus()
            const { outlineStyle } = getComputedStyle(one)
            return document.activeElement !== one || one.tabIndex !== 0 || outlineStyle === 'none'
          })
          .map((one) => one.outerHTML.slice(0, 120))
      })
      faults.push(...wrong.map((what) => `${address}: ${what}`))
    }
    expect(faults).toEqual([])
  })
})
