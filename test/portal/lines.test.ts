import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { barriers, hasBrowser, openBrowser, picture } from './helpers/browser.ts'
import { living } from './helpers/living.ts'
import { arrive, follow, listening, patience } from './helpers/moves.ts'

const server = await living()

const stephane = '/lines/+33483050173'
const grasse = '/companies/Toine%20Immo/sites/Grasse'
/** Writing a name of its own is somebody's right; running it is nobody's. */
const nasty = '<script>alert(1)</script>'

/** Goes on by the tabulator alone until something of this name is reached, as who has no mouse does. */
async function reach(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    if (here === name) return
  }
  throw new Error(`no way leads to "${name}"`)
}

describe.skipIf(!hasBrowser)('home, lines and sites (needs chromium)', () => {
  const seats = openBrowser(server)

  test.each([
    { role: 'operator', locale: 'fr', small: false, dark: false },
    { role: 'manager', locale: 'en', small: true, dark: true },
  ] as const)('every page is whole for $role in $locale', async (seat) => {
    const page = await seats.sit(seat)
    const places = {
      home: '/?company=Toine%20Immo',
      lines: '/lines',
      'lines-none': '/lines?search=nobody',
      line: stephane,
      'line-adapter': '/lines/+33483050199',
      'line-mobile': '/lines/+33613456782',
      'line-model': `${stephane}/equipment?model=polycom/soundstation-ip-5000&mac=64167fb269d6`,
      'line-mac': `${stephane}/mac?mac=805ec0112233`,
      'line-unlink': `${stephane}/unlink`,
      'line-change': `${stephane}/change`,
      'line-remove': '/lines/+33483050188/remove',
      'line-new': '/lines/new?company=Toine%20Immo',
      sites: '/sites?company=Toine%20Immo',
      site: grasse,
      'site-new': '/companies/Toine%20Immo/new-site',
      'site-change': `${grasse}/change`,
      'site-remove': `${grasse}/remove`,
    }
    for (const [name, path] of Object.entries(places)) {
      expect((await page.goto(path))?.status(), path).toBe(200)
      await picture(page, `${name}-${seat.locale}`)
      expect(await barriers(page), path).toEqual([])
    }
  })

  test('home of all companies leads to one, and from there to what wants attention', async () => {
    const page = await seats.sit({ role: 'operator' })
    await page.goto('/')
    await page.getByRole('searchbox', { name: 'Rechercher une entreprise' }).fill('IMMO')
    await page.waitForURL((url) => url.searchParams.get('find') === 'IMMO')
    await expect.poll(() => page.locator('tbody tr').count(), patience).toBe(1)
    await follow(page.getByRole('link', { name: 'Toine Immo' }))
    await page.waitForURL('/?company=Toine+Immo')
    const fixed = page.getByRole('link', { name: /^Ligne fixe/ })
    expect(await fixed.innerText()).toMatch(/9\s+9 équipées · 0 libre/)
    await follow(page.getByRole('link', { name: /1 ligne à compléter/ }))
    await page.waitForURL(/equipment=to-complete/)
    expect(await page.locator('tbody tr').count()).toBe(1)
    expect(await page.locator('tbody').innerText()).toContain('Léa Hoarau')
  })

  test('who has another way in is brought there', async () => {
    const installer = await seats.sit({ role: 'installer' })
    await installer.goto('/')
    expect(new URL(installer.url()).pathname).toBe('/install')
    const user = await seats.sit({ role: 'user', small: true })
    await user.goto('/')
    expect(new URL(user.url()).pathname).toBe('/lines/%2B33483050173')
    expect(await user.locator('h1').innerText()).toBe('Stéphane Biel')
    await user.getByRole('link', { name: 'Mes raccourcis' }).waitFor()
    expect(await user.getByRole('link', { name: /Modifier|Retirer|Supprimer|Changer/ }).count()).toBe(0)
    await picture(user, 'line-user-fr')
    expect(await barriers(user)).toEqual([])
  })

  test('lines are found while one types, by name, number or MAC, and by pills', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto('/lines')
    const rows = page.locator('#found tbody tr')
    const box = page.getByRole('searchbox', { name: /Rechercher/ })
    for (const [typed, count] of [
      ['valerie', 2],
      ['04 83 05 01 73', 1],
      ['80:5E:C0:11', 3],
    ] as const) {
      await box.fill(typed)
      await page.waitForURL((url) => url.searchParams.get('search') === typed)
      await expect.poll(() => rows.count(), patience).toBe(count)
    }
    // Leaving the field asks for nothing once more: whoever goes on to what he found gets there.
    await page.evaluate(() => document.body.setAttribute('data-same', 'yes'))
    await page.keyboard.press('Tab')
    await page.getByRole('link', { name: 'Entrepôt' }).focus()
    expect(await page.locator('body').getAttribute('data-same')).toBe('yes')
    await follow(page.getByRole('link', { name: 'Ligne mobile' }))
    await page.getByRole('heading', { name: 'Aucune ligne ne correspond' }).waitFor()
    await follow(page.getByRole('link', { name: 'Voir toutes les lignes' }))
    await page.waitForURL(/\/lines(\?company=[^&]*)?$/)
    await follow(page.getByRole('link', { name: 'Sans matériel' }))
    await expect.poll(() => page.locator('p[role=status]').innerText(), patience).toMatch(/^0 ligne/)
  })

  test('without script: found from the top, a wrong MAC is told at its field, a right one is saved', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en', script: false, small: true })
    await page.goto('/lines')
    await page.getByRole('search').getByRole('searchbox').fill('hoarau')
    await arrive(page, () => page.keyboard.press('Enter'))
    await follow(page.getByRole('link', { name: 'Léa Hoarau' }))
    await follow(page.getByRole('link', { name: 'Give the MAC address' }))
    await page.getByLabel('New MAC address').fill('64-16-7f')
    await follow(page.getByRole('button', { name: 'Save' }))
    expect(await page.locator('.field .error').innerText()).toContain('64-16-7f')
    expect(await page.getByLabel('New MAC address').inputValue()).toBe('64-16-7f')
    await page.getByLabel('New MAC address').fill('6416.7FB2.70AA')
    await follow(page.getByRole('button', { name: 'Save' }))
    await page.waitForURL('/lines/%2B33262300101')
    expect(await page.locator('[role=status]').first().innerText()).toContain('The MAC address is saved')
    expect(await page.locator('#equipment').innerText()).toContain('64:16:7f:b2:70:aa')
  })

  test('a page shows the device as it comes', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto(stephane)
    await page.locator('#equipment .badge.awaited').waitFor()
    await listening(page)
    const mac = '64167fb269d6'
    const headers = {
      'User-Agent': `FileTransport PolycomVVX-VVX_450-UA/6.4.3.5156 (SN:${mac}) Type:Application`,
    }
    for (const name of ['000000000000', mac, `${mac}-lines`, `${mac}-settings`]) {
      const answer = await fetch(`http://${server.devices.http}/${name}.cfg`, { headers })
      expect(answer.status).toBe(200)
      await answer.text()
    }
    await page.locator('#equipment .badge.in-sync').waitFor()
    expect(await page.locator('#equipment').textContent()).toContain('Vu pour la dernière fois')
  })

  test('a MAC is checked while it is typed', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto(`${stephane}/mac`)
    await page.getByLabel('Nouvelle adresse MAC').fill('80-5E-C0-11-22-33')
    await page.locator('#check').getByRole('link', { name: 'Vitrine' }).waitFor()
    await page.getByLabel('Nouvelle adresse MAC').fill('64:16:7f:aa:bb:cc')
    await page.locator('#check').getByText('Toutes les touches programmables sont conservées').waitFor()
  })

  test('another model says which keys go before they go, with and without script', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto('/lines/+33483050174/equipment')
    await page.getByLabel('Marque et modèle').selectOption('polycom/soundstation-ip-5000')
    await page.getByText('2 touches seront perdues').waitFor()
    expect(await page.locator('#rest').innerText()).toContain('Stéphane Biel')
    expect(page.url()).not.toContain('_csrf')

    const bare = await seats.sit({ role: 'manager', script: false })
    await bare.goto('/lines/+33483050174/equipment')
    await bare.getByLabel('Marque et modèle').selectOption('polycom/soundstation-ip-5000')
    await follow(bare.getByRole('button', { name: 'Vérifier' }))
    await bare.getByText('2 touches seront perdues').waitFor()
    expect((await server.store.findLine('+33483050174'))?.line.keys.supervision).toHaveLength(1)
    await follow(bare.getByRole('button', { name: 'Valider la configuration' }))
    await bare.waitForURL('/lines/%2B33483050174')
    expect(await bare.locator('#equipment').innerText()).toContain('SoundStation IP 5000')

    // The first one looked at a state that is gone: what has changed is shown, nothing is written over.
    await page.getByLabel('Marque et modèle').selectOption('polycom/vvx-350')
    await page.getByText('Toutes les touches programmables sont conservées').waitFor()
    await follow(page.getByRole('button', { name: 'Valider la configuration' }))
    await page.getByText('Quelqu’un a modifié ces informations entre-temps').waitFor()
    const kept = (await server.store.findLine('+33483050174'))?.line.equipment
    expect(kept?.model).toBe('polycom/soundstation-ip-5000')
  })

  test('equipment is removed by keyboard alone, and the reset is shown', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en' })
    await page.goto('/lines/+33483050175')
    await reach(page, 'Remove the equipment')
    await arrive(page, () => page.keyboard.press('Enter'))
    await page.waitForURL(/\/unlink$/)
    expect(await page.locator('main').innerText()).toContain('You lose your supervision and shortcut keys.')
    await reach(page, 'Remove the equipment')
    await arrive(page, () => page.keyboard.press('Enter'))
    await page.waitForURL(/released=805ec0aa0001/)
    expect(await page.locator('#released').innerText()).toContain('Resetting: Yealink T54W')
    expect(await page.getByRole('link', { name: 'Associate equipment' }).count()).toBe(1)
    await picture(page, 'line-released-en')
    expect(await barriers(page)).toEqual([])
  })

  test('a line is made, renamed and removed, and who supervises it is named before', async () => {
    const page = await seats.sit({ role: 'manager', small: true })
    await page.goto('/lines/new')
    await page.getByLabel('Numéro', { exact: true }).fill('04 83 05 01 74')
    await page.getByLabel('Nom de la ligne').fill(nasty)
    await follow(page.getByRole('button', { name: 'Créer la ligne' }))
    await page.locator('.field .error').waitFor()
    await page.getByLabel('Numéro', { exact: true }).fill('04 83 05 01 77')
    await follow(page.getByRole('button', { name: 'Créer la ligne' }))
    await page.waitForURL('/lines/%2B33483050177')
    expect(await page.locator('h1').innerText()).toBe(nasty)
    await page.goto('/lines?search=script')
    expect(await page.locator('tbody a').innerText()).toBe(nasty)
    for (const path of ['', '/change', '/remove', '/equipment']) {
      await page.goto(`/lines/+33483050177${path}`)
      expect(await page.locator('main').innerHTML()).not.toContain(nasty)
    }
    await page.goto('/lines/+33483050177/change')
    await page.getByLabel('Nom de la ligne').fill('Accueil')
    await follow(page.getByRole('button', { name: 'Enregistrer' }))
    await page.waitForURL('/lines/%2B33483050177')
    expect(await page.locator('h1').innerText()).toBe('Accueil')

    await page.goto('/lines/+33483050188/remove')
    expect(await page.locator('form.card').innerText()).toMatch(
      /1 poste perd la touche qui supervise cette ligne\s+:\s+Stéphane Biel/,
    )
    await follow(page.getByRole('button', { name: 'Supprimer définitivement' }))
    await page.waitForURL(/\/lines\?company=/)
    expect(await server.store.findLine('+33483050188')).toBeUndefined()
  })

  test('a site is made, changed and removed once it is empty', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto('/sites')
    await follow(page.getByRole('link', { name: 'Nouveau site' }))
    await page.getByLabel('Nom du site').fill('Grasse')
    await follow(page.getByRole('button', { name: 'Créer le site' }))
    await page.locator('.field .error').waitFor()
    await page.getByLabel('Nom du site').fill(nasty)
    await page.getByLabel('Fuseau horaire').fill('Europe/Paris')
    await follow(page.getByRole('button', { name: 'Créer le site' }))
    await page.getByRole('heading', { name: nasty }).waitFor()
    await follow(page.getByRole('link', { name: 'Modifier' }))
    await page.getByLabel('Nom du site').fill('Cannes')
    await page.getByLabel('Adresse').fill('1 La Croisette')
    await follow(page.getByRole('button', { name: 'Enregistrer' }))
    await page.getByText('1 La Croisette').waitFor()
    await follow(page.getByRole('link', { name: 'Supprimer le site' }))
    await follow(page.getByRole('button', { name: 'Supprimer définitivement' }))
    await page.getByText('Le site Cannes est supprimé.').waitFor()
    await page.goto(`${grasse}/remove`)
    expect(await page.getByRole('button', { name: /Supprimer/ }).count()).toBe(0)
  })

  test('complains of nothing', () => {
    expect(seats.complaints.filter((said) => !/status of (409|412|422)/.test(said))).toEqual([])
  })
})
