import { address, linePath, sitePath } from '../address.ts'
import type { Page, View, Visit } from '../page.ts'
import { discoveredAt } from './discovered.ts'
import type { Lines } from './lines.ts'
import { installPlace } from './place.ts'

/** What is left to do is shown first. */
const shown = ['to-complete', 'missing', 'linked'] as const

interface Place {
  readonly company: string
  readonly site: string
}

/** The lines of a site, as somebody sees them who goes from desk to desk. */
export const installSite: Page = {
  path: '/companies/{company}/sites/{site}/install',
  action: 'equipment.write',
  show: (visit) => showSite(visit, { company: visit.params.company ?? '', site: visit.params.site ?? '' }),
}

export async function showSite(visit: Visit, { company, site }: Place): Promise<View> {
  const { ask, query, text } = visit
  await ask('readSite', { params: { company, site } })
  const { search, after } = query
  const chosen = shown.find((each) => each === query.show) ?? shown[0]
  const here = sitePath(company, site, '/install')
  const at = (fields: Record<string, string | undefined>) => address(here, fields)
  const counts = await Promise.all(
    shown.map(async (equipment) => {
      const { body } = await ask<Lines>('listLines', {
        query: { company, site, equipment, limit: 1, total: true },
      })
      return { name: equipment, total: body.total ?? 0 }
    }),
  )
  const { body: page } = await ask<Lines>('listLines', {
    query: { company, site, equipment: chosen, search, after, limit: 50, standing: true },
  })
  return {
    view: 'install/site',
    title: site,
    place: installPlace(visit),
    data: {
      ...{ company, site, here, search, chosen },
      self: at({ show: chosen, search, after }),
      pills: counts.map(({ name, total }) => ({
        label: text(`install.show-${name}`),
        total,
        to: at({ show: name }),
        here: name === chosen,
      })),
      isDone: counts[0]?.total === 0 && counts[1]?.total === 0,
      lines: page.items.map((line) => ({
        ...line,
        to: linePath(line.number, line.equipment?.mac ? '/install/watch' : '/install'),
      })),
      first: after && at({ show: chosen, search }),
      next: page.next && at({ show: chosen, search, after: page.next }),
      crumb: { to: '/install', label: text('install.title') },
      sheet: sitePath(company, site, '/sheet'),
      asked: await discoveredAt(visit, company, site),
    },
  }
}
