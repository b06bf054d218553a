import { formatMac } from '../../../domain/mac.ts'
import type { ShownModel } from '../../routes/models.ts'
import { address, sitePath } from '../address.ts'
import { modelsKnown } from '../models.ts'
import type { Page, Visit } from '../page.ts'
import { code128 } from './code128.ts'
import type { Line, Lines } from './lines.ts'
import { installPlace } from './place.ts'

/** As many lines are printed at once: forty pages, more than one carries along. */
const mostLines = 1000

interface Site {
  readonly name: string
  readonly address?: string
}

/** A site on paper: every line with what belongs on its desk, to be ticked off. */
export const installSheet: Page = {
  path: '/companies/{company}/sites/{site}/sheet',
  action: 'site.read',
  async show(visit) {
    const { ask, params, query, text } = visit
    const { body: site } = await ask<Site>('readSite', { params })
    const company = params.company ?? ''
    const { lines, next } = await linesOf(visit, company, site.name)
    const wide = (await modelsKnown(visit)).filter(({ ports }) => ports > 1)
    const kinds = new Map(wide.map(({ id, kind }) => [id, kind]))
    const here = sitePath(company, site.name, '/sheet')
    return {
      view: 'install/sheet',
      title: text('install.sheet-title', { site: site.name }),
      place: installPlace(visit),
      frame: 'bare',
      data: {
        ...{ company, site },
        back: sitePath(company, site.name, '/install'),
        lines: lines.map((line) => onPaper(line, kinds.get(line.equipment?.model ?? ''))),
        first: query.after && here,
        next: next && address(here, { after: next }),
      },
    }
  },
}

async function linesOf({ ask, query }: Visit, company: string, site: string) {
  const lines: Line[] = []
  let after = query.after
  do {
    const { body } = await ask<Lines>('listLines', {
      query: { company, site, equipment: 'with', after, limit: 200 },
    })
    lines.push(...body.items)
    after = body.next
  } while (after !== undefined && lines.length < mostLines)
  return { lines, next: after }
}

/** The address as labels have it, in bars that a scanner reads back: what is scanned is what is linked. */
function onPaper(line: Line, shares: ShownModel['kind'] | undefined) {
  const { mac } = line.equipment ?? {}
  const address = mac?.toUpperCase()
  return {
    ...line,
    shares,
    ...(address ? { printed: formatMac(address), bars: code128(address) } : {}),
  }
}
