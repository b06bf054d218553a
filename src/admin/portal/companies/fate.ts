import { address } from '../address.ts'
import type { Act, Page, Visit } from '../page.ts'
import { companyCrumbs, companyOfPage, companyPath } from './known.ts'

/** What becomes of a company as a whole: another name, or its end on a day that is planned. */
const rename: Page = {
  path: '/companies/{company}/rename',
  action: 'company.rename',
  show: async (visit) => ({
    view: 'companies/rename',
    title: visit.text('companies.rename'),
    place: 'administration',
    data: await fateOf(visit),
  }),
}

const doRename: Act = {
  path: rename.path,
  action: 'company.rename',
  page: rename,
  async do({ ask, form, params: { company = '' } }) {
    const name = form.one('name') ?? ''
    await ask('renameCompany', { params: { company }, body: { name } })
    return { to: companyPath(name), said: { text: 'companies.renamed', values: { name } } }
  },
}

const month = 30 * 86_400_000

const remove: Page = {
  path: '/companies/{company}/delete',
  action: 'company.delete',
  async show(visit) {
    const { ask, params, text } = visit
    const { body } = await ask<{ total: number }>('listLines', {
      query: { company: params.company, total: true, limit: 1 },
    })
    return {
      view: 'companies/delete',
      title: text('companies.delete'),
      place: 'administration',
      data: {
        ...(await fateOf(visit)),
        lines: body.total,
        toLines: address('/lines', { company: params.company }),
        usual: new Date(Date.now() + month).toISOString().slice(0, 10),
      },
    }
  },
}

async function fateOf(visit: Visit): Promise<object> {
  const { company } = await companyOfPage(visit)
  const { name, deletion } = company
  return { name, deletion, own: companyPath(name), crumbs: companyCrumbs(visit, name) }
}

const planDeletion: Act = {
  path: remove.path,
  action: 'company.delete',
  page: remove,
  async do({ ask, form, params: { company = '' } }) {
    const day = form.one('at')
    // At the end of the day that was chosen, by the clock of the server.
    const at = day === undefined ? undefined : new Date(`${day}T23:59:00`)
    const body = at === undefined ? {} : { at: Number.isNaN(at.getTime()) ? day : at.toISOString() }
    await ask('planCompanyDeletion', { params: { company }, body })
    return {
      to: companyPath(company),
      said: { text: 'companies.deletion-planned', values: { name: company } },
    }
  },
}

const keep: Act = {
  path: '/companies/{company}/keep',
  action: 'company.delete',
  page: remove,
  async do({ ask, params: { company = '' } }) {
    await ask('cancelCompanyDeletion', { params: { company } })
    return { to: companyPath(company), said: { text: 'companies.kept', values: { name: company } } }
  },
}

export const fatePages: readonly Page[] = [rename, remove]
export const fateActs: readonly Act[] = [doRename, planDeletion, keep]
