import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { barriers, hasBrowser, openBrowser, picture } from '../helpers/browser.ts'
import { living } from '../helpers/living.ts'
import { follow, listening, patience, settled } from '../helpers/moves.ts'
import { comesUntil } from '../helpers/phone.ts'

const line = '/lines/+33483050173'
const mac = '64167fb269d6'
const danger = '<script>alert(1)</script>'

const server = await living()

const keysOf = async (number = '+33483050173') => (await server.store.findLine(number))?.line.keys

/** As every test finds them: whatever those before have left. */
async function reset(): Promise<void> {
  const keys = {
    supervision: ['+33483050174', '+33483050188', '+33483050190', '+33613456782'],
    shortcuts: [
      { number: '0187044093', label: 'Pierre Durand' },
      'interception',
      { number: '3899', label: 'Services de la ville' },
      { number: '0612345678', label: danger },
    ],
  }
  const lines = [{ number: '+33483050173', kind: 'fixed', site: 'Grasse', keys }]
  await server.change([{ name: 'Toine Immo', lines }], 'Maud Gérant')
}

/** Both lists as they are read, with the number of each key. */
async function listed(page: Page): Promise<readonly string[]> {
  const rows = await page.locator('.keylist li').all()
  return Promise.all(
    rows.map(
      async (row) => `${await row.locator('.at').textContent()} ${await row.locator('strong').textContent()}`,
    ),
  )
}

async function changes(page: Page, count: string): Promise<void> {
  await page.getByRole('heading', { name: count }).waitFor()
  await settled(page)
}

describe.skipIf(!hasBrowser)('programmable keys (needs chromium)', () => {
  const seats = openBrowser(server)
  beforeEach(reset)

  test('a manager orders keys, sees what will change, and watches the phone take them', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto(`${line}/keys`)
    await expect.poll(() => listed(page), patience).toHaveLength(8)
    expect(await page.locator('.face .shows').first().textContent()).toBe('Stéphane Biel')
    await page.fill('#f-search', 'karim')
    await page.getByRole('button', { name: 'Superviser Karim Haddad' }).click()
    await changes(page, '1 modification à valider')
    await page.fill('#f-number', 'abc')
    await page.fill('#f-label', `${danger}!`)
    await page.locator('#f-label').press('Enter')
    await page.getByText('Ce n’est pas un numéro de téléphone').first().waitFor()
    expect(await page.locator('#f-number').getAttribute('aria-invalid')).toBe('true')
    await page.fill('#f-number', '06 12 34 56 79')
    await page.locator('#f-label').press('Enter')
    await changes(page, '2 modifications à valider')
    expect(await page.locator('.changes').textContent()).toContain(`Raccourci ${danger}! ajouté en touche 11`)
    expect(await page.locator('.changes').textContent()).toContain('Le téléphone redémarrera')
    expect((await keysOf())?.supervision).toHaveLength(4)
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('button', { name: 'Valider la configuration' }))
    await page.waitForURL(`**/keys/progress`)
    expect((await keysOf())?.shortcuts.at(-1)).toEqual({ number: '+33612345679', label: `${danger}!` })
    await page.getByText('le téléphone n’est pas encore venu').waitFor()
    await listening(page)
    await comesUntil(page.getByText('C’est fait : le téléphone a ses nouvelles touches.'), server, mac)
    expect(await barriers(page)).toEqual([])
    await picture(page, 'keys-progress-fr')
    await page.goto(`${line}/keys`)
    await picture(page, 'keys-fr')
  })

  test('keys are put in order by the keyboard, which stays with them, and by hand', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en' })
    await page.goto(`${line}/keys`)
    const down = page.getByRole('button', { name: 'Move Valérie Martin down' })
    await down.focus()
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.locator('#spoken').textContent(), patience)
      .toBe('Valérie Martin is now key 3')
    await settled(page)
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.locator('#spoken').textContent(), patience)
      .toBe('Valérie Martin is now key 4')
    await settled(page)
    expect(await down.evaluate((button) => button === document.activeElement)).toBe(true)
    const drop = page.getByRole('button', { name: 'Remove Inès Roux' })
    await drop.focus()
    await page.keyboard.press('Enter')
    await changes(page, '2 changes to save')
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
    const grip = page.locator('.keylist.sorts').first().locator('.grip')
    const [from, to] = [await grip.nth(0).boundingBox(), await grip.nth(2).boundingBox()]
    if (!from || !to) throw new Error('there is nothing to drag by')
    await page.mouse.move(from.x + 8, from.y + 12)
    await page.mouse.down()
    await page.mouse.move(from.x + 8, from.y + 40, { steps: 5 })
    // The others make room while one moves on.
    await expect
      .poll(async () => {
        await page.mouse.move(to.x + 8, to.y + 20)
        await page.mouse.move(to.x + 8, to.y + 36, { steps: 4 })
        return (await listed(page)).slice(0, 3)
      }, patience)
      .toEqual(['3 Valérie Martin', '4 Marc Toine', '2 Valérie Diaz'])
    await page.mouse.up()
    await expect
      .poll(async () => (await listed(page)).slice(0, 3), patience)
      .toEqual(['2 Valérie Martin', '3 Marc Toine', '4 Valérie Diaz'])
    await page
      .locator('.changes')
      .getByText(/Marc Toine: from key 5 to key 3/)
      .waitFor()
    await follow(page.getByRole('button', { name: 'Save the configuration' }))
    await page.waitForURL(`**/keys/progress`)
    const keys = await keysOf()
    expect(keys?.supervision).toEqual(['+33483050174', '+33613456782', '+33483050190'])
    expect(keys?.shortcuts).toHaveLength(4)
  })

  test('who comes second sees what the other did, and saves his own on top', async () => {
    const [page, other] = [await seats.sit({ role: 'manager' }), await seats.sit({ role: 'operator' })]
    await page.goto(`${line}/keys`)
    await other.goto(`${line}/keys`)
    await page.getByRole('button', { name: 'Retirer Services de la ville' }).click()
    await changes(page, '1 modification à valider')
    await other.getByRole('button', { name: 'Retirer Marc Toine' }).click()
    await changes(other, '1 modification à valider')
    await follow(other.getByRole('button', { name: 'Valider la configuration' }))
    await other.waitForURL(`**/keys/progress`)
    await follow(page.getByRole('button', { name: 'Valider la configuration' }))
    await page.getByText('Quelqu’un d’autre vient de modifier ces touches.').waitFor()
    expect(await page.locator('.changes').textContent()).toContain('Supervision de Marc Toine ajoutée')
    expect((await keysOf())?.supervision).not.toContain('+33613456782')
    expect(await barriers(page)).toEqual([])
    await picture(page, 'keys-late-fr')
    await follow(page.getByRole('button', { name: 'Enregistrer la mienne' }))
    await page.waitForURL(`**/keys/progress`)
    expect((await keysOf())?.supervision).toContain('+33613456782')
    expect((await keysOf())?.shortcuts).toHaveLength(3)
  })

  test('a user changes his shortcuts and nothing else, on a small screen and without script', async () => {
    const page = await seats.sit({ role: 'user', small: true, script: false })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${line}/keys`)
    expect(await page.getByRole('button', { name: /Retirer Marc Toine|Superviser/ }).count()).toBe(0)
    await follow(page.getByRole('button', { name: `Retirer ${danger}` }))
    await follow(page.getByRole('button', { name: 'Descendre Pierre Durand' }))
    await page.fill('#f-search', 'léa')
    await follow(page.getByRole('button', { name: 'Chercher' }))
    await follow(page.getByRole('button', { name: 'Ajouter un raccourci vers Léa Hoarau' }))
    await picture(page, 'keys-user-fr-small')
    const before = await keysOf()
    await follow(page.getByRole('button', { name: 'Valider la configuration' }))
    expect(page.url()).toContain('/keys/progress')
    expect(await page.content()).toContain('<meta http-equiv="refresh" content="5">')
    const after = await keysOf()
    expect(after?.supervision).toEqual(before?.supervision)
    expect(after?.shortcuts.at(-1)).toEqual({ number: '+33262300101', label: 'Léa Hoarau' })
    expect(JSON.stringify(after)).not.toContain('script')
    expect((await page.request.get('/lines/+33483050174/keys')).status()).toBe(403)
  })

  test('what was, comes back from the history', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en', small: true, dark: true })
    await page.goto(`${line}/keys/history`)
    expect(await page.locator('ol.stack > li').count()).toBeGreaterThan(1)
    expect(await page.locator('main').textContent()).toContain(danger)
    expect(await barriers(page)).toEqual([])
    await picture(page, 'keys-history-en-small')
    await follow(page.getByRole('link', { name: 'Go back to this version' }).last())
    await page.waitForURL('**/keys/undo**')
    expect(await page.locator('main').textContent()).toContain('The phone will restart')
    await picture(page, 'keys-undo-en-small')
    await follow(page.getByRole('button', { name: 'Save the configuration' }))
    await page.waitForURL('**/keys/progress')
    expect((await keysOf())?.supervision).toEqual([
      '+33483050174',
      '+33483050188',
      '+33483050190',
      '+33613456782',
    ])
    await page.goto(`${line}/keys`)
    await picture(page, 'keys-en-small')
    expect(await barriers(page)).toEqual([])
  })

  test('keys are given to other lines, and kept under a name for more', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto(`${line}/keys/copy`)
    await page.getByLabel('Valérie Martin').check()
    await page.fill('#f-search', 'inès')
    await page.getByLabel('Léa Hoarau').waitFor({ state: 'detached' })
    await page.getByLabel('Inès Roux').check()
    await follow(page.getByRole('button', { name: 'Voir ce qui changera' }))
    await page.getByText('2 lignes recevront ces touches').waitFor()
    expect((await keysOf('+33483050174'))?.supervision).toHaveLength(1)
    expect(await barriers(page)).toEqual([])
    await picture(page, 'keys-copy-fr')
    await follow(page.getByRole('button', { name: 'Donner ces touches' }))
    await page.getByText('Les touches ont été données à 2 lignes.').waitFor()
    // Whom she supervises has her own line no more among the keys.
    expect((await keysOf('+33483050174'))?.supervision).toEqual([
      '+33483050188',
      '+33483050190',
      '+33613456782',
    ])

    await page.goto(`${line}/keys/copy`)
    await page.getByLabel('Nom du modèle').fill('Accueil')
    await follow(page.getByRole('button', { name: 'Garder comme modèle' }))
    await page.getByText('Le modèle « Accueil » est enregistré.').waitFor()
    await picture(page, 'keys-layouts-fr')
    await follow(page.getByRole('link', { name: /Accueil.*supervision/s }))
    await page.getByLabel('Léa Hoarau').check()
    await follow(page.getByRole('button', { name: 'Voir ce qui changera' }))
    await page.getByText('1 ligne recevra ces touches').waitFor()
    expect(await barriers(page)).toEqual([])
    await picture(page, 'keys-layout-fr')
    await follow(page.getByRole('button', { name: 'Donner ces touches' }))
    await page.waitForURL('**/layouts')
    expect((await keysOf('+33262300101'))?.supervision).toHaveLength(4)
    await page.goto('/companies/Toine%20Immo/layouts/Accueil')
    await page.getByText('Renommer').click()
    await page.getByLabel('Nom du modèle').fill('Standard')
    await follow(page.getByRole('button', { name: 'Enregistrer' }))
    await page.getByText('Le modèle s’appelle maintenant « Standard ».').waitFor()
    await page.goto('/companies/Toine%20Immo/layouts/Standard')
    await page.getByText('Supprimer', { exact: true }).click()
    await follow(page.getByRole('button', { name: 'Supprimer le modèle' }))
    await page.getByRole('heading', { name: 'Pas encore de modèle' }).waitFor()
  })

  test('labels are printed, and a phone without keys is said to have none', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en' })
    await page.goto('/lines/+33483050175/labels')
    await picture(page, 'keys-labels-en')
    expect(await barriers(page)).toEqual([])
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    expect(
      await page
        .locator('.strip td')
        .first()
        .evaluate((cell) => getComputedStyle(cell).height),
    ).toMatch(/^3[01]/)
    await page.emulateMedia({ media: 'screen' })
    await page.goto('/lines/+33483050193/keys')
    await page.getByRole('heading', { name: 'No keys to program' }).waitFor()
    await page.goto('/lines/+33483050175/keys')
    await picture(page, 'keys-module-en')
    expect(await barriers(page)).toEqual([])
  })

  test('complains of nothing', () => {
    // A form that is refused is nothing the page can be blamed for.
    expect(seats.complaints.filter((text) => !/status of 4(09|12|22)/.test(text))).toEqual([])
  })
})
