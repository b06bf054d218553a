import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { barriers, hasBrowser, openBrowser, picture } from './helpers/browser.ts'
import { barcodePicture, drawing, qrPicture, writeFilm } from './helpers/labels.ts'
import { living } from './helpers/living.ts'
import { arrive, follow, patience } from './helpers/moves.ts'

const lea = encodeURIComponent('+33262300101')
const odd = encodeURIComponent('+33483050176')
const phone = '64167fb26999'
const folder = mkdtempSync(join(tmpdir(), 'bootline-camera-'))
const film = join(folder, 'camera.y4m')

const server = await living()
const lines = [{ number: '+33483050176', kind: 'fixed', site: 'Grasse', name: '<script>alert(1)</script>' }]
await server.change([{ name: 'Toine Immo', lines }])
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Asks as a phone does that has just been plugged in; says how it was answered. */
async function asks(
  file: string,
  { from = '127.0.0.1', ...given }: { readonly from?: string; readonly Authorization?: string } = {},
): Promise<number | undefined> {
  const agent = file.startsWith('64167f')
    ? 'FileTransport PolycomVVX-VVX_450-UA/6.4.6.2453 Type/Application'
    : 'Yealink SIP-T46S 66.86.0.15 80:5e:c0:bb:00:01'
  const asked = get(`http://${server.devices.http}/${file}`, {
    localAddress: from,
    headers: { 'User-Agent': agent, ...given },
  })
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  await once(answer, 'end')
  return answer.statusCode
}

describe.skipIf(!hasBrowser)('installing (needs chromium)', () => {
  const seats = openBrowser(server, [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ])

  const fieldOf = (page: Page) => page.locator('#f-mac')

  test('the camera reads the label, passing over the serial number beside the address', async () => {
    const page = await seats.sit({ role: 'installer', small: true })
    writeFilm(film, [barcodePicture('SN4012345678'), barcodePicture('64167FB26999')])
    await page.goto(`/lines/${lea}/install`)
    await page.getByRole('button', { name: 'Scanner l’étiquette' }).click()
    await expect.poll(() => fieldOf(page).inputValue(), patience).toBe('64:16:7F:B2:69:99')
    await page.locator('#check .good').waitFor()
    expect(await page.locator('#scanner').isVisible()).toBe(false)

    writeFilm(film, [qrPicture('MAC:805EC0BB0001\nSN:3146019091637071')])
    await page.getByRole('button', { name: 'Scanner l’étiquette' }).click()
    await expect.poll(() => fieldOf(page).inputValue(), patience).toBe('80:5E:C0:BB:00:01')
    await page.locator('#check .warn').waitFor()
    await picture(page, 'install-scanned')
  })

  test('a photo of the label does where there is no live camera', async () => {
    const page = await seats.sit({ role: 'installer', locale: 'en', small: true })
    await page.addInitScript("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    const photo = async (shown: string) => {
      const table = await page.context().newPage()
      await table.setContent(shown)
      const buffer = await table.locator('svg').screenshot()
      await table.close()
      return { name: 'label.png', mimeType: 'image/png', buffer }
    }
    await page.goto(`/lines/${lea}/install`)
    expect(await page.getByRole('button', { name: 'Scan the label' }).isVisible()).toBe(false)
    const input = page.getByLabel('Take a photo of the label')
    await input.setInputFiles(await photo('<svg width="300" height="200"></svg>'))
    await page.getByText('No MAC address read in this photo.').waitFor()
    await input.setInputFiles(await photo(drawing(barcodePicture('64167FB26999'))))
    await expect.poll(() => fieldOf(page).inputValue(), patience).toBe('64:16:7F:B2:69:99')
  })

  test('the address is found in whatever else a label says, and nowhere else', async () => {
    const page = await seats.sit({ role: 'installer' })
    await page.goto('/install')
    const labels = [
      ['64167fb269d6', '64:16:7F:B2:69:D6'],
      ['MAC: 64-16-7f-b2-69-d6', '64:16:7F:B2:69:D6'],
      ['http://example.net/?mac=64:16:7f:b2:69:d6&sn=1', '64:16:7F:B2:69:D6'],
      ['T54W 805EC0AA0001 3146019091637071', '80:5E:C0:AA:00:01'],
      ['3146019091637071', undefined],
      ['SN 805EC0AA00011', undefined],
    ]
    const texts = JSON.stringify(labels.map(([text]) => text))
    const found = await page.evaluate(`import('/assets/label.js').then(({ macIn }) => ${texts}.map(macIn))`)
    expect(found).toEqual(labels.map(([, mac]) => mac))
  })

  test('from the site to a phone that is ready, in French, on a small screen', async () => {
    const page = await seats.sit({ role: 'installer', small: true })
    await page.goto('/install')
    await picture(page, 'install-sites')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('link', { name: /Saint-Denis/ }))
    await page.getByRole('link', { name: /Léa Hoarau/ }).waitFor()
    await picture(page, 'install-site')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('link', { name: /Léa Hoarau/ }))

    await fieldOf(page).fill('64167fb269d6')
    await page.locator('#check .bad').waitFor()
    await fieldOf(page).fill('64-16-7F-B2-69-99')
    await page.locator('#check .good').getByText('64:16:7f:b2:69:99').waitFor()
    await picture(page, 'install-line')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('button', { name: 'Associer cet appareil' }))

    await page.getByRole('heading', { name: 'En attente de l’appareil' }).waitFor()
    await page.getByText('Rien ne se passe ?').click()
    expect(await page.locator('.steps code').textContent()).toContain('http')
    await picture(page, 'install-watch-waiting')
    expect(await barriers(page)).toEqual([])

    // The device plane hears of it with its next look.
    await expect.poll(() => asks(`${phone}.cfg`), patience).toBe(200)
    for (const file of [`${phone}-lines.cfg`, `${phone}-settings.cfg`]) await asks(file)
    await page.getByRole('heading', { name: 'Prêt' }).waitFor()
    await picture(page, 'install-watch-ready')
    expect(await barriers(page)).toEqual([])
  })

  test('a device that is turned away is let in again', async () => {
    const page = await seats.sit({ role: 'installer', locale: 'en', small: true, dark: true })
    await page.goto(`/lines/${lea}/install/watch`)
    await page.getByRole('heading', { name: 'Ready' }).waitFor()
    // Another one that was reset shows the same address, from elsewhere.
    const elsewhere = { from: '127.0.0.2' }
    const { account } = (await server.store.devices.deviceState(phone)) ?? {}
    const wrong = `Basic ${Buffer.from(`${account?.user}:wrong`).toString('base64')}`
    expect(await asks(`${phone}-lines.cfg`, { ...elsewhere, Authorization: wrong })).toBe(401)
    const heading = async () => {
      await page.reload()
      return page.locator('#watch h2').textContent()
    }
    await expect.poll(heading, patience).toBe('Turned away')
    await picture(page, 'install-watch-refused-dark')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('button', { name: 'Let it in again' }))
    await page.getByText('The first-contact window is open.').waitFor()
    // The device plane hears of it with its next look.
    await expect.poll(() => asks(`${phone}-lines.cfg`, elsewhere), patience).toBe(200)
  })

  test('a device that has just called from the site is picked, and one of several lines is shared', async () => {
    const page = await seats.sit({ role: 'installer', locale: 'en' })
    await page.goto(`/lines/${lea}/install`)
    expect(await page.locator('#asked a').count()).toBe(0)
    // From where the site's own device was seen last.
    await asks('805ec0bb0001.cfg', { from: '127.0.0.2' })
    await follow(page.getByRole('link', { name: /80:5e:c0:bb:00:01/ }))
    expect(await fieldOf(page).inputValue()).toBe('805ec0bb0001')
    expect(await page.locator('#f-model').inputValue()).toBe('yealink/t46s')

    await page.goto(`/lines/${odd}/install`)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('<script>alert(1)</script>')
    await picture(page, 'install-line-en')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('link', { name: /With Valérie Diaz, Entrepôt, Vitrine/ }))
    expect(await page.locator('#f-port').inputValue()).toBe('3')
    await page.locator('#f-mac').focus()
    await arrive(page, () => page.keyboard.press('Enter'))
    await page.getByRole('heading', { name: 'Waiting for the device' }).waitFor()
    const found = await server.store.findLine('+33483050176')
    expect(found?.line.equipment).toMatchObject({ mac: '805ec0112233', model: 'yealink/w60b', port: 3 })
  })

  test('the form does without script: what is odd is said once, and then taken', async () => {
    const page = await seats.sit({ role: 'manager', script: false })
    await page.goto(`/lines/${lea}/install`)
    await fieldOf(page).fill('not a mac')
    await follow(page.getByRole('button', { name: 'Associer cet appareil' }))
    expect(await fieldOf(page).getAttribute('aria-invalid')).toBe('true')
    await fieldOf(page).fill('80:5e:c0:bb:00:02')
    await follow(page.getByRole('button', { name: 'Associer cet appareil' }))
    expect(await page.locator('#check .warn').count()).toBe(1)
    await follow(page.getByRole('button', { name: 'Associer cet appareil' }))
    await page.waitForURL(/watch$/)
    expect((await server.store.findLine('+33262300101'))?.line.equipment?.mac).toBe('805ec0bb0002')
  })

  test('the sheet of a site has every line, its address in bars, and is A4 on paper', async () => {
    const page = await seats.sit({ role: 'installer' })
    await page.goto('/companies/Toine%20Immo/sites/Grasse/sheet')
    const row = page.locator('tbody tr', { hasText: 'Entrepôt' })
    expect(await row.textContent()).toMatch(/Combiné 2.*80:5E:C0:11:22:33/s)
    expect(await page.locator('svg.bars').count()).toBe(await page.locator('tbody tr').count())
    expect(await page.locator('svg.bars').first().getAttribute('aria-label')).toContain('64:16:7F:B2:69:D6')
    await picture(page, 'install-sheet')
    expect(await barriers(page)).toEqual([])
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: 'Imprimer' }).isVisible()).toBe(false)
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(paper).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/)
  })

  test('complains of nothing', () => {
    // A form that was refused is what the browser calls a resource that failed to load.
    expect(seats.complaints.filter((said) => !/status of 422/.test(said))).toEqual([])
  })
})
