/// <reference lib="dom" />
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilderSource from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import type { Role } from '../../../src/domain/permissions.ts'
import type { Living } from './living.ts'
import { saysWhenItHears } from './moves.ts'

const program = '/usr/bin/chromium'

/** Says whether the browser is there; where every program must be, its absence is a failure and no reason to skip. */
export const hasBrowser = existsSync(program) || process.env.BOOTLINE_TEST_COMPLETE === '1'

/** Where the tests put the pictures they make, to be looked at. */
const pictures = fileURLToPath(new URL('../../../.cache/pictures/', import.meta.url))

export interface Seat {
  readonly role: Role
  readonly locale?: 'fr' | 'en'
  readonly small?: boolean
  readonly dark?: boolean
  readonly script?: boolean
}

export interface Seats {
  sit(seat: Seat): Promise<Page>
  /** What the pages complained of: a refused script, a request to elsewhere, an exception. */
  readonly complaints: readonly string[]
}

/** The way from one page to the next is not animated where that comes too late, which the browser calls an error. */
const passedOver = /^Transition was (?:aborted|skipped)/

/** A page takes seconds where others work as well; whatever a test waits for has a limit of its own. */
const testTimeout = 180_000

/** One browser for the tests of a group, in which several people sit at pages of their own. */
export function openBrowser(server: Living, more: readonly string[] = []): Seats {
  const contexts: BrowserContext[] = []
  const complaints: string[] = []
  let browser: Browser | undefined
  vi.setConfig({ testTimeout })
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', ...more] })
  })
  // Pages that stay open go on asking, and the next test waits for its turn.
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
  })
  afterAll(() => browser?.close())

  async function sit({
    role,
    locale = 'fr',
    small = false,
    dark = false,
    script = true,
  }: Seat): Promise<Page> {
    if (!browser) throw new Error('nobody can sit down before the tests begin')
    const context = await browser.newContext({
      baseURL: server.address,
      viewport: small ? { width: 390, height: 844 } : { width: 1280, height: 860 },
      hasTouch: small,
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled: script,
      locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
    })
    contexts.push(context)
    await context.addCookies(await server.signedIn(role, locale))
    await context.addInitScript(saysWhenItHears)
    const page = await context.newPage()
    page.on('pageerror', ({ message }) => {
      if (!passedOver.test(message)) complaints.push(message)
    })
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`)
    })
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url())
      if (protocol.startsWith('http') && host !== new URL(server.address).host) complaints.push(request.url())
    })
    return page
  }

  return { sit, complaints }
}

/** Keeps a picture of the whole page, and fails where it is wider than its screen. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState()
  mkdirSync(pictures, { recursive: true })
  // What keeps to the edge of the screen would lie across the middle of a picture that is taller than it.
  const screen = page.viewportSize() ?? { width: 1280, height: 860 }
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ ...screen, height: Math.max(height, screen.height) })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  await page.setViewportSize(screen)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (overflow > 0) throw new Error(`${name} is ${overflow} pixels wider than its screen`)
}

/** What somebody who hears the page instead of seeing it, or sees badly, would stumble over. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.waitForLoadState()
  await page.evaluate(AxeBuilderSource.source)
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as never as { axe: typeof AxeBuilderSource }).axe.run()
    return violations
  })
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
