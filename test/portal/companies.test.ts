import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { barriers, hasBrowser, openBrowser, picture } from './helpers/browser.ts'
import { living } from './helpers/living.ts'
import { arrive, follow, patience } from './helpers/moves.ts'

const block = { from: '+33483050170', to: '+33483050179' }
const toine = '/companies/Toine%20Immo'
/** Writing a name of its own is somebody's right; running it is nobody's. */
const nasty = '<script>alert(1)</script>'

const server = await living()
await server.change([
  { name: 'Banque du Port', sip: { domain: 'sip.bank.example' }, sites: [{ name: 'Nice' }] },
  { name: 'Toine Immo', numberBlocks: [block] },
])

async function companyNamed(name: string) {
  const [company] = await server.store.readFleet({ companies: [name], secrets: false })
  return company
}

const primary = (page: Page) => page.locator('main button.primary')

describe.skipIf(!hasBrowser)('companies and moves (needs chromium)', () => {
  const seats = openBrowser(server)

  const ofManagers = {
    companies: '/companies',
    company: toine,
    'company-settings': `${toine}/change/settings`,
    'company-parameters': `${toine}/change/parameters`,
  }
  const ofOperators = {
    'company-new': '/new-company',
    'company-telephony': `${toine}/change/telephony`,
    'company-access': `${toine}/change/access`,
    'company-restarts': `${toine}/change/restarts`,
    'company-blocks': `${toine}/change/blocks`,
    'company-rename': `${toine}/rename`,
    'company-delete': '/companies/Banque%20du%20Port/delete',
    'company-delete-not': `${toine}/delete`,
    moves: `${toine}/moves`,
  }

  const { 'company-access': access, 'company-blocks': blocks, moves } = ofOperators
  const onSmall = { 'company-access': access, 'company-blocks': blocks, moves }

  test.each([
    { role: 'operator', locale: 'fr', small: false, dark: false, places: { ...ofManagers, ...ofOperators } },
    { role: 'manager', locale: 'en', small: true, dark: true, places: ofManagers },
    { role: 'operator', locale: 'en', small: true, dark: false, places: onSmall },
  ] as const)('every page is whole for $role in $locale', async ({ places, ...seat }) => {
    const page = await seats.sit(seat)
    for (const [name, path] of Object.entries(places)) {
      expect((await page.goto(path))?.status(), path).toBe(200)
      await picture(page, `${name}-${seat.locale}`)
      expect(await barriers(page), path).toEqual([])
    }
  })

  test('a manager changes what is his, sees what restarts before it does, and what he may not he is not offered', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto(toine)
    expect(await page.getByRole('heading', { name: 'Téléphonie' }).count()).toBe(0)
    expect((await page.goto(`${toine}/change/telephony`))?.status()).toBe(403)
    await page.goto(`${toine}/change/settings`)
    await page.getByLabel('Langue des postes').selectOption({ label: 'Anglais' })
    await follow(primary(page))
    await page.getByRole('heading', { name: 'Avant d’enregistrer' }).waitFor()
    await picture(page, 'company-weigh-fr')
    expect(await barriers(page)).toEqual([])
    expect(await page.locator('.plan tbody').innerText()).toMatch(/Langue des postes\s+Français\s+Anglais/)
    expect(await page.locator('.effects').innerText()).toMatch(/\d+ postes redémarrent/)
    expect((await companyNamed('Toine Immo'))?.locale).toBe('fr')
    await follow(page.getByRole('button', { name: 'Corriger' }))
    expect(await page.getByLabel('Langue des postes').inputValue()).toBe('en')
    await follow(primary(page))
    await follow(page.getByRole('button', { name: 'Enregistrer ces réglages' }))
    await page.waitForURL(toine)
    expect(await page.getByRole('status').innerText()).toContain('Les réglages sont enregistrés.')
    expect((await companyNamed('Toine Immo'))?.locale).toBe('en')
  })

  test('says beside the field what cannot be, and what somebody else changed meanwhile', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en' })
    await page.goto(`${toine}/change/settings`)
    // By the keyboard alone.
    const zone = page.getByLabel('Time zone')
    while (!(await zone.evaluate((field) => field === document.activeElement)))
      await page.keyboard.press('Tab')
    await page.keyboard.type('Europe/Nowhere')
    await arrive(page, () => page.keyboard.press('Enter'))
    expect(await page.locator('#h-timezone .error').innerText()).toContain('Europe/Nowhere')
    const [first, second] = [await seats.sit({ role: 'manager', locale: 'en' }), page]
    await first.goto(`${toine}/change/settings`)
    await second.goto(`${toine}/change/settings`)
    await first.getByRole('radio', { name: /Parks the call/ }).check()
    await follow(primary(first))
    await follow(primary(first))
    await first.waitForURL(toine)
    await second.getByRole('radio', { name: /Transfers the call/ }).check()
    await follow(primary(second))
    await second.locator('.notice.warn').waitFor()
    expect(await second.locator('.notice.warn').innerText()).toContain('Parks the call → Transfers the call')
  })

  test('parameters are completed from what a maker’s devices know, and a name they do not know is pointed out', async () => {
    const model = catalogue.models.find(({ maker }) => maker === 'polycom')
    const page = await seats.sit({ role: 'manager', small: true })
    await page.goto(`${toine}/change/parameters`)
    await page.locator('select[name=add]').selectOption(model?.maker ?? '')
    await follow(page.getByRole('button', { name: 'Ajouter' }))
    const name = page.getByLabel('Nom du paramètre').first()
    await name.pressSequentially('up.mwi')
    const offered = page.locator('datalist option')
    await expect.poll(() => offered.first().getAttribute('value'), patience).toBe('up.mwiVisible')
    await name.fill('voice.nosuch')
    await page.getByLabel('Valeur').first().fill('1')
    await picture(page, 'company-parameters-typed-fr')
    await follow(primary(page))
    expect(await page.locator('.notice.warn').count()).toBe(1)
    await picture(page, 'company-parameters-weigh-fr')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('button', { name: 'Enregistrer ces réglages' }))
    await page.waitForURL(toine)
    expect((await companyNamed('Toine Immo'))?.parameters).toEqual({ polycom: { 'voice.nosuch': '1' } })
  })

  test('a company is created, renamed, and goes on a day unless it is kept, without any script', async () => {
    const page = await seats.sit({ role: 'operator', locale: 'en', small: true, script: false })
    await page.goto('/companies')
    await follow(page.getByRole('link', { name: 'New company' }))
    await page.getByLabel('Name of the company').fill(nasty)
    await page.getByLabel('SIP server').fill('sip.example.net')
    await follow(primary(page))
    expect(await page.locator('h1').innerText()).toBe(nasty)
    await follow(page.getByRole('link', { name: 'Rename' }))
    await page.getByLabel('Name of the company').fill('Sel & Fils')
    await follow(primary(page))
    expect(await page.locator('h1').innerText()).toBe('Sel & Fils')
    await follow(page.getByRole('link', { name: 'Delete the company' }))
    await follow(primary(page))
    expect(await page.locator('.notice.bad').innerText()).toContain('You can still keep everything')
    await picture(page, 'company-going-en')
    await follow(page.getByRole('button', { name: 'Keep the company' }))
    expect(await page.locator('.notice.bad').count()).toBe(0)
    expect(await page.getByRole('status').innerText()).toContain('stays')
  })

  test('lines are moved with their block once all that is lost by it was seen', async () => {
    const page = await seats.sit({ role: 'operator' })
    await page.goto(`${toine}/moves`)
    await page.getByRole('checkbox', { name: /Stéphane Biel/ }).check()
    await page.getByLabel('Entreprise', { exact: true }).selectOption('Banque du Port')
    await follow(primary(page))
    await page.getByRole('heading', { name: 'Déplacer des lignes' }).waitFor()
    const refused = page.locator('.notice.bad')
    expect(await refused.innerText()).toContain('Stéphane Biel')
    await picture(page, 'moves-refused-fr')
    await follow(page.getByRole('button', { name: '04 83 05 01 70 – 04 83 05 01 79' }))
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(3)
    await page.getByLabel('Site').fill('Nice')
    await follow(primary(page))
    await page.getByRole('heading', { name: 'Avant de déplacer' }).waitFor()
    await picture(page, 'moves-plan-fr')
    expect(await barriers(page)).toEqual([])
    const said = await page.locator('main').innerText()
    expect(said).toContain('touches de supervision des lignes qui partent')
    expect(said).toContain('touches de supervision des lignes qui restent')
    expect(said).toContain('Accueil (Grasse)')
    // Meanwhile somebody takes a key away that would be lost: nothing is done unseen.
    const fewer = { number: '+33483050188', kind: 'fixed', site: 'Grasse', keys: { supervision: [] } }
    await server.change([{ name: 'Toine Immo', lines: [fewer] }])
    const move = page.getByRole('button', { name: 'Déplacer ces 3 lignes' })
    await follow(move)
    await page.getByRole('alert').waitFor()
    expect(await page.getByText(/^1 touche de supervision des lignes qui restent/).count()).toBe(1)
    await follow(move)
    await page.waitForURL('/companies/Banque%20du%20Port')
    const moved = await companyNamed('Banque du Port')
    expect(moved?.lines.map(({ site }) => site)).toEqual(['Nice', 'Nice', 'Nice'])
  })

  test('no page complained', () => {
    // A form that was refused is what the browser calls a resource that failed to load.
    expect(seats.complaints.filter((said) => !/status of 4(03|09|12|22)/.test(said))).toEqual([])
  })
})
