import { equippedKinds } from '../../../domain/equipment-rules.ts'
import { type LineKind, lineKinds } from '../../../domain/intent.ts'
import { address, linePath, sitePath } from '../address.ts'
import type { Listed } from '../listed.ts'
import type { Page, Visit } from '../page.ts'
import { companyChoice } from './companies.ts'
import { concernsOf } from './concerns.ts'
import { sharesOf } from './shares.ts'

export interface CompanyFacts {
  readonly company: string
  readonly sites: number
  readonly lines: readonly {
    readonly kind: LineKind
    readonly total: number
    readonly withEquipment: number
    readonly withoutEquipment: number
  }[]
  readonly linesToComplete: number
  readonly devices: Readonly<Record<string, number>>
}

export interface SiteFacts {
  readonly site: string
  readonly lines: number
  readonly withEquipment: number
  readonly linesToComplete: number
  readonly devices: Readonly<Record<string, number>>
}

/** "Gérer votre offre": what there is, how it is, and what wants attention first. */
export const home: Page = {
  path: '/',
  async show(visit) {
    const { who, query, ask } = visit
    if (who.role === 'installer') return { to: '/install' }
    if (who.role === 'user') return { to: who.line === undefined ? '/account' : linePath(who.line) }
    const { company, ...choice } = await companyChoice(ask, query.company)
    const isOne = company !== undefined
    return {
      view: isOne ? 'home/company' : 'home/companies',
      title: visit.text('home.title'),
      place: 'home',
      data: {
        ...choice,
        company,
        several: choice.options.length > 1,
        concerns: await concernsOf(ask, company),
        ...(isOne ? await ofCompany(visit, company) : await ofAll(visit)),
      },
    }
  },
}

async function ofCompany({ ask }: Visit, company: string): Promise<object> {
  const { body: settings } = await ask<{ deletion?: string }>('readCompany', { params: { company } })
  const { body } = await ask<Listed<CompanyFacts>>('readFacts', { query: { company } })
  const { body: places } = await ask<Listed<SiteFacts>>('readSiteFacts', { query: { company } })
  const [facts] = body.items
  const lines = facts?.lines ?? []
  return {
    deletion: settings.deletion,
    total: lines.reduce((sum, { total }) => sum + total, 0),
    kinds: lineKinds.flatMap((kind) =>
      lines
        .filter((counts) => counts.kind === kind)
        .map((counts) => ({
          ...counts,
          takesEquipment: equippedKinds.includes(kind),
          to: address('/lines', { company, kind }),
        })),
    ),
    shares: sharesOf(facts?.devices ?? {}, { company }),
    sites: places.items.map(({ site, devices, ...facts }) => ({
      site,
      ...facts,
      shares: sharesOf(devices, { company, site }),
      to: sitePath(company, site),
    })),
  }
}

async function ofAll({ ask, query }: Visit): Promise<object> {
  const { body } = await ask<Listed<CompanyFacts>>('readFacts', {
    query: { limit: 50, after: query.after, search: query.find },
  })
  return {
    companies: body.items.map(({ company, lines, devices, ...facts }) => ({
      company,
      ...facts,
      lines: lines.reduce((sum, { total }) => sum + total, 0),
      shares: sharesOf(devices, { company }),
      to: address('/', { company }),
    })),
    find: query.find,
    first: query.after === undefined ? undefined : address('/', { find: query.find }),
    next: body.next === undefined ? undefined : address('/', { find: query.find, after: body.next }),
  }
}
