import { describe, expect, test } from 'vitest'
import { barriers, hasBrowser, openBrowser, picture } from './helpers/browser.ts'
import { living } from './helpers/living.ts'
import { follow } from './helpers/moves.ts'

const group = (name: string) =>
  `/companies/Toine%20Immo/sites/Grasse/pickup-groups/${encodeURIComponent(name)}`
const odd = '<script>alert(1)</script>'

const server = await living()
await server.change([
  {
    name: 'Toine Immo',
    lines: [{ number: '+33483050176', kind: 'fixed', site: 'Grasse', name: odd }],
  },
])

async function groups(): Promise<Readonly<Record<string, readonly string[]>>> {
  const [company] = await server.store.readFleet({ companies: ['Toine Immo'], secrets: false })
  const kept = company?.sites.flatMap(({ pickupGroups }) => pickupGroups) ?? []
  return Object.fromEntries(kept.map(({ name, members }) => [name, members]))
}

describe.skipIf(!hasBrowser)('pickup groups (needs chromium)', () => {
  const seats = openBrowser(server)

  test('a group is made, in French, of lines that are in no other', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto('/pickup')
    expect(await page.locator('main').textContent()).toContain('*98')
    await picture(page, 'pickup')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('link', { name: 'Nouveau groupe – Grasse' }))
    await page.getByLabel('Nom du groupe').fill('Accueil')
    expect(await page.getByLabel(/Stéphane Biel/).isDisabled()).toBe(true)
    expect(await page.getByText('déjà dans le groupe Accueil').count()).toBe(3)
    await page.getByLabel(odd).check()
    await page.getByLabel('Chercher une ligne').fill('entrepo')
    expect(await page.locator('[data-row]:visible').count()).toBe(1)
    await page.getByLabel(/Entrepôt/).check()
    await picture(page, 'pickup-new')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('button', { name: 'Enregistrer' }))
    await page.locator('#h-name .error').waitFor()
    expect(await page.getByLabel(/Entrepôt/).isChecked()).toBe(true)
    await page.getByLabel('Nom du groupe').fill('Réserve')
    await follow(page.getByRole('button', { name: 'Enregistrer' }))
    await page.getByRole('status').getByText('Le groupe Réserve est créé.').waitFor()
    expect((await groups()).Réserve).toEqual(['+33483050176', '+33483050191'])
  })

  test('it is renamed, its members change, and it is deleted, in English, on a small screen', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en', small: true, dark: true })
    await page.goto(group('Réserve'))
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Réserve')
    await page.getByText('See the members only').click()
    expect(await page.locator('[data-row]:visible').count()).toBe(2)
    await page.getByText('See the members only').click()
    await page.getByLabel(/Karim Haddad/).check()
    await page.getByLabel('Name of the group').fill('Stock')
    await follow(page.getByRole('button', { name: 'Save' }))
    await page.getByText('The group Stock is saved.').waitFor()
    expect((await groups()).Stock).toContain('+33483050175')

    await follow(page.getByRole('link', { name: /Stock/ }))
    const lacking = page.getByRole('link', { name: 'No interception key: add it – Karim Haddad' })
    expect(await lacking.getAttribute('href')).toBe('/lines/%2B33483050175/keys')
    await picture(page, 'pickup-group-en-dark')
    expect(await barriers(page)).toEqual([])
    await page.getByRole('link', { name: 'Delete the group' }).click()
    await page.locator('dialog[open]').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await page.locator('dialog[open]').count()).toBe(0)
    await page.getByRole('link', { name: 'Delete the group' }).click()
    expect(await barriers(page)).toEqual([])
    await follow(page.locator('dialog').getByRole('button', { name: 'Delete the group' }))
    await page.getByText('The group Stock is deleted.').waitFor()
    expect(Object.keys(await groups())).toEqual(['Accueil'])
  })

  test('it does without script, and who comes second is told what changed', async () => {
    const page = await seats.sit({ role: 'manager', script: false })
    await page.goto(group('Accueil'))
    const second = await seats.sit({ role: 'operator', locale: 'en', script: false })
    await second.goto(group('Accueil'))
    await page.getByLabel(/Inès Roux/).uncheck()
    await follow(page.getByRole('button', { name: 'Enregistrer' }))
    expect((await groups()).Accueil).toEqual(['+33483050173', '+33483050174'])

    await second.getByLabel(/Entrepôt/).check()
    await follow(second.getByRole('button', { name: 'Save' }))
    const row = second.locator('[data-row]', { hasText: 'Inès Roux' })
    expect(await row.textContent()).toContain('taken out meanwhile by somebody else')
    await row.getByRole('checkbox').uncheck()
    await follow(second.getByRole('button', { name: 'Save' }))
    expect((await groups()).Accueil).toEqual(['+33483050173', '+33483050174', '+33483050191'])

    await page.goto(group('Accueil'))
    await follow(page.getByRole('link', { name: 'Supprimer le groupe' }))
    await follow(page.getByRole('button', { name: 'Supprimer le groupe' }))
    expect(await page.getByText('Aucun groupe sur ce site.').count()).toBe(2)
    await page.goto(`/pickup/new?company=Toine%20Immo&site=Nowhere`)
    expect(await page.locator('h1').count()).toBe(1)
  })

  test('complains of nothing', () => {
    expect(seats.complaints.filter((said) => !/status of (404|409|412|422)/.test(said))).toEqual([])
  })
})
