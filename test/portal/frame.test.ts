import { describe, expect, test } from 'vitest'
import { barriers, hasBrowser, openBrowser, picture } from './helpers/browser.ts'
import { living } from './helpers/living.ts'
import { follow } from './helpers/moves.ts'

const server = await living()

describe.skipIf(!hasBrowser)('the frame of every page (needs chromium)', () => {
  const seats = openBrowser(server)

  test.each([
    { role: 'operator', locale: 'fr', small: false, dark: false },
    { role: 'manager', locale: 'en', small: true, dark: true },
  ] as const)('is whole for $role in $locale', async (seat) => {
    const page = await seats.sit(seat)
    await page.goto('/')
    expect(await page.locator('html').getAttribute('lang')).toBe(seat.locale)
    expect(await page.locator('nav.menu a[aria-current=page]').count()).toBe(1)
    await picture(page, `home-${seat.role}-${seat.locale}`)
    expect(await barriers(page)).toEqual([])
  })

  test('changes its language, and leads out', async () => {
    const page = await seats.sit({ role: 'manager' })
    await page.goto('/')
    await page.locator('.account summary').click()
    await follow(page.getByRole('button', { name: 'English' }))
    await page.waitForURL('/')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.locator('.account summary').click()
    await follow(page.getByRole('button', { name: 'Sign out' }))
    await page.waitForURL('/sign-in')
  })

  test('complains of nothing', () => {
    expect(seats.complaints).toEqual([])
  })
})

test('who is nobody is shown the door, and comes back to where he wanted to go', async () => {
  const answer = await fetch(`${server.address}lines?search=a`, {
    redirect: 'manual',
    headers: { Accept: 'text/html' },
  })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/sign-in?next=%2Flines%3Fsearch%3Da')
})

test('a form that does not repeat the secret of the session changes nothing', async () => {
  const cookies = await server.signedIn('installer')
  const answer = await fetch(`${server.address}language`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
    body: new URLSearchParams({ locale: 'en' }),
  })
  expect(answer.status).toBe(403)
  expect((await server.store.people.find({ email: 'installer-fr@example.net' }))?.locale).not.toBe('en')
})
