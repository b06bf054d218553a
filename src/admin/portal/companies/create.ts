import type { Act, Page } from '../page.ts'
import { choicesOf } from './choices.ts'
import { companyCrumbs, companyPath } from './known.ts'

const newCompany: Page = {
  path: '/new-company',
  action: 'company.create',
  async show(visit) {
    return {
      view: 'companies/new',
      title: visit.text('companies.new'),
      place: 'administration',
      data: { crumbs: companyCrumbs(visit), locale: 'fr', timezone: 'Europe/Paris', ...choicesOf(visit) },
    }
  },
}

const createCompany: Act = {
  path: '/new-company',
  action: 'company.create',
  page: newCompany,
  async do({ ask, form }) {
    const name = form.one('name') ?? ''
    const body = {
      name,
      locale: form.one('locale') ?? null,
      timezone: form.one('timezone') ?? null,
      sip: { domain: form.one('sip.domain') ?? '', proxy: form.one('sip.proxy') ?? null },
    }
    await ask('createCompany', { body })
    return { to: companyPath(name), said: { text: 'companies.created', values: { name } } }
  },
}

export const createPages: readonly Page[] = [newCompany]
export const createActs: readonly Act[] = [createCompany]
