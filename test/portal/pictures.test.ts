import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { openBrowser, type Seat } from './helpers/browser.ts'
import { living } from './helpers/living.ts'
import { startPhone } from './helpers/phone.ts'

/**
 * The pictures of docs/portal.md and the README, made of the sample fleet with some of its phones alive.
 * BOOTLINE_PICTURES=write makes them anew; otherwise it is only looked whether all are there and none too many.
 */
const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const writes = process.env.BOOTLINE_PICTURES === 'write'

const pictures: Readonly<Record<string, { path: string; seat?: Partial<Seat> }>> = {
  home: { path: '/?company=Toine%20Immo' },
  lines: { path: '/lines?company=Toine%20Immo', seat: { locale: 'en', dark: true } },
  line: { path: '/lines/%2B33483050173' },
  keys: { path: '/lines/%2B33483050173/keys', seat: { locale: 'en' } },
  device: { path: '/devices/64167fb269d6', seat: { locale: 'en' } },
  install: {
    path: '/lines/%2B33262300101/install',
    seat: { role: 'installer', small: true },
  },
  sheet: { path: '/companies/Toine%20Immo/sites/Grasse/sheet', seat: { locale: 'en' } },
  company: { path: '/companies/Toine%20Immo', seat: { role: 'operator', locale: 'en' } },
}

const alive = ['64167fb269d6', '64167fb269d7', '0004f2e765da', '48256712b942']

async function inSync(page: Page): Promise<void> {
  await page.goto(`/devices/${alive[0]}`)
  await page.locator('.badge.in-sync').first().waitFor({ timeout: 20_000 })
}

test('each picture of the documentation is one that is made here', () => {
  const pages = ['../../docs/portal.md', '../../README.md'].map((path) =>
    readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8'),
  )
  const shown = new Set(
    pages.flatMap((page) => [...page.matchAll(/pictures\/([\w-]+)\.png/g)].map(([, name]) => name)),
  )
  expect([...shown].sort()).toEqual(Object.keys(pictures).sort())
  const kept = existsSync(folder) ? readdirSync(folder).map((name) => name.replace('.png', '')) : []
  expect(kept.sort()).toEqual(Object.keys(pictures).sort())
})

if (writes) {
  const server = await living()
  describe('the pictures', () => {
    const seats = openBrowser(server)
    test('are made anew', async () => {
      mkdirSync(folder, { recursive: true })
      for (const mac of alive) await startPhone(server, mac)
      await inSync(await seats.sit({ role: 'manager' }))
      for (const [name, { path, seat }] of Object.entries(pictures)) {
        const page = await seats.sit({ role: 'manager', ...seat })
        await page.goto(path)
        await page.screenshot({ path: `${folder}${name}.png` })
      }
    })
  })
}
