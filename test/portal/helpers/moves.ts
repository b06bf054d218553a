import type { Locator, Page } from 'playwright-core'

/** As long as a busy machine may take. */
export const patience = { timeout: 15_000 }

/**
 * Does what leads to another page, and waits until that one is there whole: a click alone is over while the page is
 * still the one before, or half of the next, whose programs do not listen yet.
 */
export async function arrive(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.waitForLoadState()
  await Promise.all([page.waitForEvent('load'), act()])
}

/** Presses a link or a button that leads to another page. */
export async function follow(opener: Locator): Promise<void> {
  await arrive(opener.page(), () => opener.click())
}

/** Waits until what htmx has brought hears: for a moment it stands there, and a press would send the whole form. */
export async function settled(page: Page): Promise<void> {
  const busy = page.locator('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')
  await busy.first().waitFor({ state: 'detached', ...patience })
}

/** Waits until the server tells the page what happens to devices: of what happened before, it hears nothing. */
export async function listening(page: Page): Promise<void> {
  await page.locator('html[data-hears]').waitFor({ state: 'attached', ...patience })
}

/** Before any program of the page runs: has it say when it hears, which it has no use for itself. */
export const saysWhenItHears = `globalThis.EventSource = class extends EventSource {
  constructor(...given) {
    super(...given)
    this.addEventListener('ready', () => document.documentElement.setAttribute('data-hears', ''))
  }
}`
