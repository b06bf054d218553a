import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { barriers, hasBrowser, openBrowser, picture } from '../helpers/browser.ts'
import { living } from '../helpers/living.ts'
import { arrive, follow, listening, patience } from '../helpers/moves.ts'
import { comesUntil, startPhone } from '../helpers/phone.ts'

const vvx = '64167fb269d6'
const vvx250 = '64167fb269d7'
const stranger = '805ec0123456'
const agent = 'FileTransport PolycomVVX-VVX_450-UA/6.4.3.5814 Type/Application'
const danger = '<script>alert(1)</script>'

const server = await living()

/** What was delivered is written down a moment later. */
async function until(page: Page, text: string, where = 'main'): Promise<void> {
  await expect
    .poll(async () => {
      await page.reload()
      return page.locator(where).textContent()
    }, patience)
    .toContain(text)
}

describe.skipIf(!hasBrowser)('devices (needs chromium)', () => {
  const seats = openBrowser(server)

  test('a manager sees a device come to life while he looks on', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto('/devices')
    await follow(page.getByRole('link', { name: 'Stéphane Biel' }))
    const now = page.locator('#now')
    await now.getByText('Branchez-le au réseau').waitFor()
    await picture(page, 'device-awaited-fr')
    await listening(page)
    expect(await startPhone(server, vvx)).toBe(200)
    await now.locator('.badge.in-sync').waitFor({ timeout: 15_000 })
    expect(await now.locator('.loop li.done').count()).toBe(4)
    await page.locator('#facts').getByText('6.4.3.5814', { exact: true }).waitFor()
    await page.reload()
    await page.locator('.boots summary').first().click()
    await page.getByText(`${vvx}-lines.cfg`).waitFor()
    expect(await barriers(page)).toEqual([])
    await picture(page, 'device-in-sync-fr')
  })

  test('its files are shown without passwords, and what changed in them', async () => {
    const line = { number: '+33483050173', kind: 'fixed', site: 'Grasse', firstName: danger }
    await server.change([{ name: 'Toine Immo', lines: [line] }], 'Maud Gérant')
    const page = await seats.sit({ role: 'manager', locale: 'en', small: true, dark: true })
    await page.goto(`/devices/${vvx}/files`)
    await until(page, 'reg.1.label="&lt;script&gt;alert(1)')
    expect(await page.locator('.diff ins').first().textContent()).toContain('alert(1)')
    expect(await page.locator('main script').count()).toBe(0)
    const device = await server.store.devices.deviceState(vvx)
    expect(device?.account?.password).toBeDefined()
    expect(await page.content()).not.toContain(device?.account?.password)
    expect(await barriers(page)).toEqual([])
    await picture(page, 'device-files-en-small')
    await page.goto('/devices?search=alert')
    await page.getByRole('link', { name: danger }).waitFor()
    expect(await page.locator('main script:not([src])').count()).toBe(0)
  })

  test.each([
    { locale: 'fr', small: false, dark: true, script: true },
    { locale: 'en', small: true, dark: false, script: false },
  ] as const)('the lists in $locale, script $script', async ({ script, ...seat }) => {
    await startPhone(server, stranger, { 'User-Agent': 'Yealink SIP-T54W 96.86.0.100 80:5e:c0:12:34:56' })
    const page = await seats.sit({ role: 'operator', script, ...seat })
    for (const path of ['/devices', '/devices?search=nobody', '/reboots', '/discovered']) {
      await page.goto(path)
      expect(await page.locator('main h1').count()).toBe(1)
      const name = `devices-${path.replace(/\W+/g, '-')}-${seat.locale}`
      await picture(page, name)
      if (script) expect(await barriers(page)).toEqual([])
    }
  })

  test('several are restarted tonight, after it was said how many, without script', async () => {
    const page = await seats.sit({ role: 'manager', small: true, script: false })
    await page.goto('/devices?standing=awaited')
    await page.locator('[name=mac]').first().check()
    await page.locator('[name=mac]').nth(1).check()
    await follow(page.locator('button[value=some]'))
    await page.getByRole('button', { name: 'Redémarrer 2 appareils' }).waitFor()
    await picture(page, 'devices-restart-fr-small')
    await follow(page.getByRole('button', { name: 'Redémarrer 2 appareils' }))
    await page.waitForURL('/reboots')
    expect(await page.locator('.notice.good').textContent()).toContain('2 appareils vont redémarrer')
    expect(await page.getByText('redémarrage demandé').count()).toBe(2)
    await follow(page.getByRole('button', { name: 'Annuler' }).first())
    await page.getByText('n’est plus dans la file').waitFor()
    await page.goto('/devices')
    await follow(page.locator('button[value=some]'))
    await page.getByText('Aucun appareil n’est choisi').waitFor()
  })

  test('one is restarted at an hour, chosen by keyboard; an hour that is none is told beside its field', async () => {
    const page = await seats.sit({ role: 'installer', locale: 'en' })
    await page.goto(`/devices/${vvx250}/restart`)
    await page.getByLabel('Now').focus()
    await page.keyboard.press('ArrowUp')
    expect(await page.getByLabel('At a given hour').isChecked()).toBe(true)
    await arrive(page, () => page.getByRole('button', { name: 'Restart', exact: true }).press('Enter'))
    await page.locator('#h-hour .error').waitFor()
    await page.locator('#f-hour').fill('03:00')
    await arrive(page, () => page.getByRole('button', { name: 'Restart', exact: true }).press('Enter'))
    await page.waitForURL(`/devices/${vvx250}`)
    await page.locator('#now').getByText('Planned for').first().waitFor()
    expect(await barriers(page)).toEqual([])
  })

  test('one that is turned away is let in anew', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto(`/devices/${vvx250}`)
    await follow(page.getByRole('button', { name: 'Fermer la fenêtre' }))
    await page.getByText('La fenêtre est fermée').waitFor()
    const wrong = { Authorization: `Basic ${btoa('wrong:wrong')}` }
    await expect.poll(() => startPhone(server, vvx250, wrong), patience).toBe(401)
    await until(page, 'remise à zéro d’usine', '#now')
    expect(await page.locator('.loop li.failed').count()).toBe(1)
    await picture(page, 'device-turned-away-fr')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('button', { name: 'Ouvrir la fenêtre' }))
    await page.getByText('La fenêtre est ouverte :').waitFor()
    // The window and the files of its new account are there a moment later: a device asks until it has them.
    await comesUntil(page.locator('#now .badge.in-sync'), server, vvx250)
    await page.getByRole('button', { name: 'Fermer la fenêtre' }).waitFor()
  })

  test('one that nobody knows is linked to a line', async () => {
    const page = await seats.sit({ role: 'operator', locale: 'en' })
    await page.goto('/discovered')
    const row = page.getByRole('row', { name: /80:5e:c0:12:34:56/ })
    await follow(row.getByRole('link', { name: 'Link…' }))
    await follow(page.getByRole('link', { name: 'Léa Hoarau' }))
    await page.getByText('The line waits for a Polycom VVX 450').waitFor()
    await picture(page, 'discovered-link-en')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('button', { name: 'Link', exact: true }))
    await page.waitForURL(`/devices/${stranger}`)
    await page.getByText('The device is linked').waitFor()
    await page.goto('/discovered')
    expect(await page.getByText('80:5e:c0:12:34:56').count()).toBe(0)
  })

  test('what a device sent is read and fetched', async () => {
    await fetch(`http://${server.devices.http}/${vvx}-app.log`, {
      method: 'PUT',
      headers: { 'User-Agent': agent },
      body: `first ${danger}\n`,
    })
    const page = await seats.sit({ role: 'manager', locale: 'en', small: true })
    await page.goto(`/devices/${vvx}/sent`)
    await until(page, `${vvx}-app.log`)
    await follow(page.getByRole('link', { name: `${vvx}-app.log` }))
    expect(await page.locator('#shown pre').textContent()).toContain(danger)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download' }).click()
    expect((await download).suggestedFilename()).toBe(`${vvx}-app.log`)
    await picture(page, 'device-sent-en-small')
    expect(await barriers(page)).toEqual([])
  })

  test('complains of nothing', () => {
    // A form that cannot be taken is shown again, which the browser writes down.
    expect(seats.complaints.filter((said) => !/status of 422/.test(said))).toEqual([])
  })
})
