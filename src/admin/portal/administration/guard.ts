import type { Act, Page } from '../page.ts'

interface Suspects {
  readonly items: readonly { readonly source: string; readonly shutOut: boolean; readonly until?: string }[]
}

/** Addresses that nothing is given to, as they look like guessing the names of devices. */
const guard: Page = {
  path: '/guard',
  action: 'server.read',
  async show({ ask, text }) {
    const { body } = await ask<Suspects>('readGuard')
    return {
      view: 'administration/guard',
      title: text('guard.title'),
      place: 'administration',
      data: {
        suspects: body.items,
        crumbs: [{ to: '/administration', label: text('menu.administration') }],
      },
    }
  },
}

const forgive: Act = {
  path: '/guard/forgive',
  action: 'guard.forgive',
  page: guard,
  async do({ ask, form }) {
    const source = form.one('source') ?? ''
    const { body } = await ask<{ readonly forgiven: boolean }>('forgiveSource', { body: { source } })
    const said = body.forgiven ? 'guard.forgiven' : 'guard.nothing'
    return { to: '/guard', said: { text: said, values: { source } } }
  },
}

export const guardPages: readonly Page[] = [guard]
export const guardActs: readonly Act[] = [forgive]
