import { type Action, judge } from '../../../domain/permissions.ts'
import { address } from '../address.ts'
import type { Listed } from '../listed.ts'
import type { Page, Visit } from '../page.ts'
import { sectionsFor } from './change.ts'
import { companyCrumbs, companyOfPage, companyPath, type KnownCompany } from './known.ts'
import { flatFields, type Section } from './sections.ts'
import { fieldName, shownValue } from './words.ts'

/** What a company decides for all its lines, and what is done with it as a whole. */
export const companyPage: Page = {
  path: '/companies/{company}',
  action: 'company.settle',
  async show(visit) {
    const { company } = await companyOfPage(visit)
    const { name, deletion } = company
    const { body } = await visit.ask<Listed<{ sites: number; lines: readonly { total: number }[] }>>(
      'readFacts',
      { query: { company: name } },
    )
    const [facts] = body.items
    const may = (action: Action) => judge(visit.who, action, { company: name }) === 'may'
    return {
      view: 'companies/company',
      title: name,
      place: 'administration',
      data: {
        name,
        deletion,
        own: companyPath(name),
        crumbs: companyCrumbs(visit),
        sites: facts?.sites ?? 0,
        lines: (facts?.lines ?? []).reduce((sum, { total }) => sum + total, 0),
        toSites: address('/sites', { company: name }),
        toLines: address('/lines', { company: name }),
        toAudit: address('/audit', { company: name }),
        sections: sectionsFor(visit, name).map((section) => shown(visit, section, company)),
        mayMove: may('line.move'),
        mayRename: may('company.rename'),
        mayDelete: may('company.delete'),
      },
    }
  },
}

function shown(visit: Visit, section: Section, company: KnownCompany['company']): object {
  const { name } = section
  const values = { 'reboot.by': 'sip', ...flatFields(company) }
  return {
    name,
    to: companyPath(company.name, `/change/${name}`),
    facts:
      name === 'parameters' ? parameterFacts(company) : section.fields.map(fact).filter(({ value }) => value),
  }

  function fact(field: string): { readonly label: string; readonly value: string | undefined } {
    const value = shownValue(visit, field, (values as Readonly<Record<string, unknown>>)[field])
    return { label: fieldName(visit, field), value }
  }
}

function parameterFacts({ parameters = {} }: KnownCompany['company']): readonly object[] {
  return Object.entries(parameters).flatMap(([scope, values]) =>
    Object.entries(values).map(([name, value]) => ({ label: `${scope} · ${name}`, value, exact: true })),
  )
}
