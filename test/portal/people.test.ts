import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { digest } from '../../src/admin/people/secrets.ts'
import { codeAt, stepOf } from '../../src/admin/people/totp.ts'
import { barriers, hasBrowser, openBrowser, picture, type Seat } from './helpers/browser.ts'
import { living } from './helpers/living.ts'
import { arrive, follow, patience } from './helpers/moves.ts'

const danger = '<script>alert(1)</script>'
const maud = { email: 'maud@example.net', name: 'Maud Aubert', password: 'trois chevaux et une agrafe' }

const server = await living()

async function signIn(page: Page, { email, password }: typeof maud): Promise<void> {
  await page.goto('/sign-in')
  await page.fill('[name=email]', email)
  await page.fill('[name=password]', password)
  await follow(page.locator('main form button.primary'))
}

const primary = (page: Page) => page.locator('main button.primary')
const textOf = async (page: Page) => (await page.locator('main').textContent()) ?? ''

describe.skipIf(!hasBrowser)('people (needs chromium)', () => {
  const seats = openBrowser(server)

  /** A browser in which nobody is signed in. */
  async function stranger(seat: Partial<Seat> = {}): Promise<Page> {
    const page = await seats.sit({ role: 'user', ...seat })
    await page.context().clearCookies()
    return page
  }

  let link = ''

  test('an operator invites a manager, and sees the link this one time', async () => {
    const page = await seats.sit({ role: 'operator' })
    await page.goto('/administration')
    expect(await barriers(page)).toEqual([])
    await picture(page, 'administration-fr')
    await follow(page.locator('main').getByRole('link', { name: /^Personnes/ }))
    await follow(page.getByRole('link', { name: 'Inviter une personne' }))
    await follow(page.getByRole('link', { name: 'Gestionnaire' }))
    await page.fill('[name=name]', maud.name)
    await page.fill('[name=email]', maud.email)
    await follow(primary(page))
    await page.locator('.error').getByText('Rien n’est choisi').waitFor()
    expect(await page.inputValue('[name=email]')).toBe(maud.email)
    await picture(page, 'people-invite-fr')
    expect(await barriers(page)).toEqual([])
    await page.getByLabel('Toine Immo').check()
    await page.selectOption('#f-locale', 'en')
    await follow(primary(page))
    link = await page.inputValue('#f-link')
    expect(link).toMatch(/\/sign-in\/link\/[\w-]{43}$/)
    const mail = await page.getByRole('link', { name: 'Écrire un e-mail' }).getAttribute('href')
    expect(decodeURIComponent(mail ?? '')).toContain(`Hello ${maud.name},\n\nHere is your access`)
    expect(await barriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Copier' }).click()
    await page.getByRole('button', { name: 'Copié' }).waitFor()
    await page.goto('/people')
    await page
      .getByRole('row', { name: new RegExp(maud.name) })
      .getByText('Invité')
      .waitFor()
    expect(await page.content()).not.toContain(new URL(link).pathname)
    await picture(page, 'people-fr')
    expect(await barriers(page)).toEqual([])
  })

  test('who was invited comes in by the link, on a small screen and in English', async () => {
    const page = await stranger({ locale: 'en', small: true, dark: true })
    await page.goto(new URL(link).pathname)
    expect(await page.locator('h1').textContent()).toBe('Welcome to Bootline')
    expect(await barriers(page)).toEqual([])
    await page.fill('[name=password]', 'aaaaaaaaaaaaaaaa')
    await follow(primary(page))
    await page.locator('.error').waitFor()
    await picture(page, 'door-link-en')
    expect(await barriers(page)).toEqual([])
    await page.fill('[name=password]', maud.password)
    await page.getByRole('button', { name: 'Show the password' }).click()
    expect(await page.getAttribute('[name=password]', 'type')).toBe('text')
    await follow(primary(page))
    await page.locator('nav.menu').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    const again = await stranger()
    await again.goto(new URL(link).pathname)
    await again.getByText('Ce lien ne fonctionne plus').waitFor()
    await picture(again, 'door-dead-fr')
  })

  test('a wrong password is told in the reader’s language, which can be changed at the door', async () => {
    const page = await stranger()
    await page.goto('/lines?search=a')
    await page.getByText('Mot de passe oublié ?').click()
    await follow(page.getByRole('link', { name: 'English' }))
    await page.locator('[name=email]').focus()
    await page.keyboard.type(maud.email)
    await page.keyboard.press('Tab')
    await page.keyboard.type('three horses')
    await arrive(page, () => page.keyboard.press('Enter'))
    await page.getByRole('alert').getByText('This does not let anybody in').waitFor()
    expect(await page.inputValue('[name=email]')).toBe(maud.email)
    await picture(page, 'door-wrong-en')
    expect(await barriers(page)).toEqual([])
    await page.fill('[name=password]', maud.password)
    await arrive(page, () => page.keyboard.press('Enter'))
    await page.waitForURL('/lines?search=a')
  })

  test('a second factor is set up, asked for, and done without by a recovery code', async () => {
    const page = await stranger({ small: true })
    await signIn(page, maud)
    await page.locator('nav.menu').waitFor()
    await page.goto('/account')
    await picture(page, 'account-en-small')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('link', { name: 'Turn on' }))
    await page.fill('[name=password]', maud.password)
    await follow(primary(page))
    await page.fill('[name=code]', '000000')
    await follow(primary(page))
    await page.locator('.error').waitFor()
    await picture(page, 'account-scan')
    expect(await barriers(page)).toEqual([])
    const person = await server.store.people.find({ email: maud.email })
    const { totp } = await server.store.people.credentials.of(person?.id ?? 0)
    await page.fill('[name=code]', codeAt(totp ?? Buffer.alloc(0), stepOf(Date.now())))
    await follow(primary(page))
    const codes = await page.locator('.codes code').allTextContents()
    expect(codes.length).toBe(10)
    await picture(page, 'account-codes')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('link', { name: 'I have kept them' }))
    await page.getByText('You have 10 recovery codes left.').waitFor()

    const other = await stranger()
    await signIn(other, maud)
    await other.getByText('Encore un code').waitFor()
    await picture(other, 'door-code-fr')
    expect(await barriers(other)).toEqual([])
    await other.fill('[name=code]', codes[0] ?? '')
    await follow(primary(other))
    await other.locator('nav.menu').waitFor()
    await page.goto('/account')
    await follow(page.getByRole('button', { name: 'End all others' }))
    await page.getByText('All your other sessions have ended.').waitFor()
    await other.goto('/account')
    expect(new URL(other.url()).pathname).toBe('/sign-in')
  })

  test('a password is changed without script; the browser that did it stays signed in', async () => {
    const page = await stranger({ script: false, locale: 'en' })
    await signIn(page, maud)
    const person = await server.store.people.find({ email: maud.email })
    const { totp } = await server.store.people.credentials.of(person?.id ?? 0)
    // The step of the code that set it up is used; the next one counts already.
    await page.fill('[name=code]', codeAt(totp ?? Buffer.alloc(0), stepOf(Date.now()) + 1))
    await follow(primary(page))
    await page.goto('/account/password')
    await page.fill('[name=current]', 'three horses')
    await page.fill('[name=password]', 'quatre chevaux et une agrafe')
    await follow(primary(page))
    await page.getByRole('alert').getByText('This is not the password').waitFor()
    await page.fill('[name=current]', maud.password)
    await page.fill('[name=password]', 'quatre chevaux et une agrafe')
    await follow(primary(page))
    await page.getByText('Your password is changed.').waitFor()
    await page.selectOption('#f-locale', 'fr')
    await follow(primary(page))
    await page.getByText('Votre compte est modifié.').waitFor()
  })

  test('a manager changes an installer, and is told when somebody else did so meanwhile', async () => {
    const page = await seats.sit({ role: 'manager', small: true })
    await page.goto('/people/new?role=installer')
    await page.fill('[name=name]', danger)
    await page.fill('[name=email]', 'ivan@example.net')
    await page.getByLabel('Grasse').check()
    await page.fill('[name=until]', '2020-01-01')
    await follow(primary(page))
    await page.locator('.error').getByText('Cette date est passée').waitFor()
    expect(await page.getByLabel('Grasse').isChecked()).toBe(true)
    await page.fill('[name=until]', '2099-12-31')
    await follow(primary(page))
    await page.getByText('L’invitation est prête').waitFor()
    await follow(page.getByRole('link', { name: 'Terminé' }))
    expect(await page.locator('h1').textContent()).toBe(danger)
    expect(await textOf(page)).toContain('Grasse, Toine Immo, jusqu’au 31 décembre 2099')
    await picture(page, 'person-fr-small')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('link', { name: 'Modifier' }))
    const ivan = await server.store.people.find({ email: 'ivan@example.net' })
    const author = { name: 'test', source: 'test', at: Date.now() }
    await server.store.people.change(author, ivan?.id ?? 0, () => ({ locale: 'en' }))
    await page.getByLabel('Saint-Denis').check()
    await follow(primary(page))
    await page.getByRole('alert').getByText('Quelqu’un a modifié ceci').waitFor()
    await page.getByText('Langue : maintenant English, avec votre modification Français').waitFor()
    await picture(page, 'person-changed-since')
    expect(await barriers(page)).toEqual([])
    await page.goto('/people')
    await follow(page.getByRole('link', { name: danger }))
    await follow(page.getByRole('button', { name: 'Désactiver' }))
    await page.locator('.badge').getByText('Désactivé').waitFor()
    await follow(page.getByRole('button', { name: 'Réactiver' }))
    await follow(page.getByRole('link', { name: 'Nouveau lien d’accès' }))
    await follow(primary(page))
    await page.goto('/people')
    await follow(page.getByRole('link', { name: danger }))
    await follow(page.getByRole('link', { name: 'Supprimer' }))
    await follow(primary(page))
    await page.getByText('La personne est supprimée.').waitFor()
    expect(await server.store.people.find({ email: 'ivan@example.net' })).toBeUndefined()
  })

  test('somebody who was guessed at is shown locked', async () => {
    const { id } = (await server.store.people.find({ email: maud.email })) ?? { id: 0 }
    const guess = () =>
      fetch(`${server.address}sign-in`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: maud.email, password: 'wrong horse' }),
      })
    // Three cost nothing; the next one costs a pause of a second, and the pauses double.
    let status = 401
    while (status === 401) ({ status } = await guess())
    expect(status).toBe(429)
    const key = `person:${digest(maud.email)}`
    const most = { free: 0, most: 1, drain: 60_000 }
    await server.store.people.watch.attempt([{ key, limits: most }], Date.now() + 600_000)
    const page = await seats.sit({ role: 'operator', dark: true })
    await page.goto(`/people/${id}`)
    await page.locator('.badge').getByText('Bloqué').waitFor()
    await page.getByText('un nouveau lien permet d’entrer tout de suite').waitFor()
    await picture(page, 'person-locked-fr')
    expect(await barriers(page)).toEqual([])
  })

  test('a user’s line is found by its name', async () => {
    const page = await seats.sit({ role: 'manager', locale: 'en' })
    await page.goto('/people/new?role=user')
    await page.fill('[name=line]', 'Biel')
    await page.locator('#lines option[value="+33483050173"]').waitFor({ state: 'attached' })
    await page.fill('[name=line]', '+33483050173')
    await page.fill('[name=name]', 'Stéphane')
    await page.fill('[name=email]', 'stephane@example.net')
    await follow(primary(page))
    await page.getByText('The invitation is ready').waitFor()
    expect(await server.store.people.find({ email: 'stephane@example.net' })).toMatchObject({
      role: 'user',
      line: '+33483050173',
    })
  })

  test('people are looked for while one types', async () => {
    const page = await seats.sit({ role: 'operator', locale: 'en' })
    await page.goto('/people')
    await page.getByPlaceholder('Name or e-mail address').fill('aubert')
    await page.waitForURL(/search=aubert/)
    await expect
      .poll(() => page.locator('#found tbody .name').allTextContents(), patience)
      .toEqual([maud.name])
    await page.goto('/people?search=nobody')
    await page.getByText('Nobody matches').waitFor()
    expect(await barriers(page)).toEqual([])
  })

  test('a token is shown once, opens the door for a program, and is revoked without script', async () => {
    const page = await seats.sit({ role: 'operator', locale: 'en', script: false })
    await page.goto('/tokens')
    await page.getByText('No tokens').waitFor()
    await follow(page.getByRole('link', { name: 'Make a token' }))
    await page.fill('[name=name]', 'HR: directory')
    await page.getByLabel('Toine Immo').check()
    await follow(primary(page))
    await page.locator('.error').waitFor()
    await page.fill('[name=name]', 'HR directory')
    await follow(primary(page))
    const token = await page.inputValue('#f-token')
    await picture(page, 'token-en')
    const asked = () =>
      fetch(`${server.address}api/v1/companies`, { headers: { Authorization: `Bearer ${token}` } })
    expect(((await (await asked()).json()) as { items: unknown[] }).items).toHaveLength(1)
    await page.goto('/tokens')
    expect(await page.content()).not.toContain(token)
    await picture(page, 'tokens-en')
    await follow(page.getByRole('link', { name: 'Revoke HR directory' }))
    await follow(primary(page))
    await page.getByText('The token is revoked.').waitFor()
    expect((await asked()).status).toBe(401)
  })

  test('an address that was taken for a guesser is let in again', async () => {
    const guess = (i: number) =>
      fetch(`http://${server.devices.http}/64167f${i.toString(16).padStart(6, '0')}.cfg`, {
        headers: { 'User-Agent': 'FileTransport PolycomVVX-VVX_450-UA/6.4.3.5814 Type/Application' },
      })
    for (let i = 0; i < 200 && server.service.guard.suspects(Date.now()).length === 0; i++) await guess(i)
    const page = await seats.sit({ role: 'operator', small: true, dark: true })
    await page.goto('/guard')
    await picture(page, 'guard-fr')
    expect(await barriers(page)).toEqual([])
    await follow(page.getByRole('button', { name: 'Laisser entrer 127.0.0.1' }))
    await page.getByText('127.0.0.1 est admise à nouveau.').waitFor()
    await page.getByText('Aucune adresse n’est bloquée').waitFor()
  })

  test('nobody is offered what is not his, or shown it', async () => {
    const manager = await seats.sit({ role: 'manager' })
    await manager.goto('/administration')
    expect(await manager.locator('main a.tile').count()).toBe(5)
    await manager.goto('/people/new')
    expect(await manager.getByRole('link', { name: 'Opérateur' }).count()).toBe(0)
    const installer = await seats.sit({ role: 'installer' })
    for (const path of ['/administration', '/people', '/people/1', '/tokens', '/guard'])
      expect((await installer.goto(path))?.status(), path).toBe(403)
  })

  test('complains of nothing', () => {
    // A form that was refused is what the browser calls a resource that failed to load.
    expect(seats.complaints.filter((said) => !/status of 4(?:01|03|04|12|22)/.test(said))).toEqual([])
  })
})
