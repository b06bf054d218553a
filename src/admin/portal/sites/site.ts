import { judge } from '../../../domain/permissions.ts'
import type { ShownLine } from '../../routes/lines-shown.ts'
import { address, linePath, sitePath } from '../address.ts'
import type { SiteFacts } from '../home/home.ts'
import { sharesOf } from '../home/shares.ts'
import type { Listed } from '../listed.ts'
import type { Page, Visit } from '../page.ts'
import type { KnownSite } from './list.ts'

/** Enough to see what the site is like; the list of lines has the rest. */
const shownLines = 25

export interface SiteOfPage {
  readonly site: KnownSite
  readonly etag: string
  readonly company: string
}

export async function siteOfPage({ ask, params }: Visit): Promise<SiteOfPage> {
  const { company = '', site = '' } = params
  const { body, etag } = await ask<KnownSite>('readSite', { params: { company, site } })
  return { site: body, etag, company }
}

export function siteCrumbs({ text }: Visit, { company, site }: SiteOfPage): readonly object[] {
  return [
    { to: address('/sites', { company }), label: text('menu.sites') },
    { to: sitePath(company, site.name), label: site.name },
  ]
}

/** One site: its lines, how its devices are, and what is done for all of it. */
export const site: Page = {
  path: '/companies/{company}/sites/{site}',
  action: 'site.read',
  async show(visit) {
    const known = await siteOfPage(visit)
    const { company } = known
    const { name } = known.site
    const { ask, who } = visit
    const { body: facts } = await ask<Listed<SiteFacts>>('readSiteFacts', {
      query: { company },
    })
    const { devices = {}, ...counts } = facts.items.find((each) => each.site === name) ?? {}
    const { body: found } = await ask<Listed<ShownLine>>('listLines', {
      query: { company, site: name, standing: true, limit: shownLines },
    })
    const may = (action: 'site.write' | 'line.write' | 'pickup.write' | 'equipment.write') =>
      judge(who, action, { company, site: name }) === 'may'
    return {
      view: 'sites/site',
      title: name,
      place: 'sites',
      data: {
        ...counts,
        site: known.site,
        company,
        own: sitePath(company, name),
        crumbs: siteCrumbs(visit, known).slice(0, 1),
        shares: sharesOf(devices, { company, site: name }),
        found: found.items.map((line) => ({ ...line, to: linePath(line.number) })),
        all: address('/lines', { company, site: name }),
        incomplete: address('/lines', { company, site: name, equipment: 'to-complete' }),
        pickup: may('pickup.write') ? address('/pickup', { company, site: name }) : undefined,
        create: may('line.write') ? address('/lines/new', { company, site: name }) : undefined,
        mayWrite: may('site.write'),
        mayInstall: may('equipment.write'),
      },
    }
  },
}
