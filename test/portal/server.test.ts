import { describe, expect, test } from 'vitest'
import { barriers, hasBrowser, openBrowser, picture } from './helpers/browser.ts'
import { living } from './helpers/living.ts'
import { follow } from './helpers/moves.ts'

/** Writing a name of its own is somebody's right; running it is nobody's. */
const nasty = '<script>alert(1)</script>'

const server = await living({
  BOOTLINE_HTTPS: '127.0.0.1:0',
  BOOTLINE_WEBHOOK_SECRET: 'thirty-two-Kq9vR3xTz8wLm5pY',
})
await server.change([{ name: 'Toine Immo', locale: 'en' }], nasty)

describe.skipIf(!hasBrowser)('the audit and the server (needs chromium)', () => {
  const seats = openBrowser(server)

  test.each([
    { role: 'operator', locale: 'fr', small: false, dark: false },
    { role: 'operator', locale: 'en', small: true, dark: true },
  ] as const)('every page is whole for $role in $locale', async (seat) => {
    const page = await seats.sit(seat)
    const places = {
      audit: '/audit',
      'audit-none': '/audit?search=nobody',
      certificates: '/certificates',
      firmware: '/firmware',
      settings: '/settings',
    }
    for (const [name, path] of Object.entries(places)) {
      expect((await page.goto(path))?.status(), path).toBe(200)
      await picture(page, `${name}-${seat.locale}`)
      expect(await barriers(page), path).toEqual([])
    }
  })

  test('the audit says who changed what in words, and is narrowed by what one looks for', async () => {
    const page = await seats.sit({ role: 'operator' })
    await page.goto('/audit?what=company')
    expect(await page.getByText(nasty).count()).toBeGreaterThan(0)
    await follow(page.getByRole('link', { name: 'Modification', exact: true }))
    await page.waitForURL(/action=changed/)
    const entry = page.locator('.entry', { hasText: 'Langue des postes' }).first()
    expect(await entry.innerText()).toMatch(/Français\s*→\s*Anglais/)
    await picture(page, 'audit-changes-fr')
    const [sheet] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ])
    expect(sheet.suggestedFilename()).toBe('audit.csv')
  })

  test('the description of the API is drawn and tried out with the session one has', async () => {
    const page = await seats.sit({ role: 'operator' })
    await page.goto('/api/docs/')
    const me = page.locator('#operations-me-readMe')
    await me.locator('button.opblock-summary-control').click()
    await me.getByRole('button', { name: 'Try it out' }).click()
    await me.getByRole('button', { name: 'Execute' }).click()
    await me.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor()
    expect(await me.locator('.live-responses-table').innerText()).toContain('operator-fr@example.net')
    await me.screenshot({ path: '.cache/pictures/api-docs.png' })
  })

  test('the server says how it is set up, and keeps its secrets', async () => {
    const page = await seats.sit({ role: 'operator', locale: 'en', script: false })
    await page.goto('/settings')
    const secret = page.locator('tr', { hasText: 'BOOTLINE_WEBHOOK_SECRET' })
    expect(await secret.innerText()).toContain('Set, not shown')
    expect(await page.content()).not.toContain('thirty-two')
    await page.goto('/certificates')
    expect(await page.locator('.badge.good').count()).toBeGreaterThan(1)
    expect(await page.locator('main').innerText()).toMatch(/\d days left/)
  })

  test('a manager is shown none of it but the audit of his company', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en' })
    for (const path of ['/settings', '/certificates', '/firmware'])
      expect((await page.request.get(path)).status(), path).toBe(403)
    await page.goto('/audit')
    expect(await page.getByText('Menuiserie Aubert').count()).toBe(0)
    expect(await page.getByText('Toine Immo').count()).toBeGreaterThan(0)
  })

  test('no page complained', () => {
    expect(seats.complaints).toEqual([])
  })
})
