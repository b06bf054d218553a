import { localPath } from '../../people/form.ts'
import { administrationCrumbs } from '../crumbs.ts'
import type { Listed } from '../listed.ts'
import type { Act, Page, Visit } from '../page.ts'

interface Suspect {
  readonly source: string
  readonly shutOut: boolean
  readonly until?: string
}

/** As administration/suspects shows them. */
export async function suspectsNow({ ask }: Pick<Visit, 'ask'>): Promise<readonly Suspect[]> {
  return (await ask<Listed<Suspect>>('readGuard')).body.items
}

/** Addresses that nothing is given to, as they look like guessing the names of devices. */
const guard: Page = {
  path: '/guard',
  action: 'server.read',
  async show({ ask, text }) {
    return {
      view: 'administration/guard',
      title: text('guard.title'),
      place: 'administration',
      data: {
        suspects: await suspectsNow({ ask }),
        crumbs: administrationCrumbs({ text }),
      },
    }
  },
}

/** Of whichever page shows suspects: one comes back to it. */
const forgive: Act = {
  path: '/guard/forgive',
  action: 'guard.forgive',
  page: guard,
  async do({ ask, form }) {
    const source = form.one('source') ?? ''
    const { body } = await ask<{ readonly forgiven: boolean }>('forgiveSource', { body: { source } })
    const said = body.forgiven ? 'guard.forgiven' : 'guard.nothing'
    return { to: localPath(form.one('to')) || guard.path, said: { text: said, values: { source } } }
  },
}

export const guardPages: readonly Page[] = [guard]
export const guardActs: readonly Act[] = [forgive]
