import { lineKinds } from '../../../domain/intent.ts'
import { linePath } from '../address.ts'
import { companyChoice } from '../home/companies.ts'
import { choicesOf, siteNames } from '../names.ts'
import type { Act, Page } from '../page.ts'

const newLine: Page = {
  path: '/lines/new',
  action: 'line.write',
  async show(visit) {
    const { ask, query, form, text } = visit
    const { company, options } = await companyChoice(ask, form.one('company') ?? query.company)
    return {
      view: 'lines/new',
      title: text('lines.new'),
      place: 'lines',
      data: {
        crumbs: [{ to: '/lines', label: text('menu.lines') }],
        company,
        options,
        several: options.length > 1,
        noAll: company !== undefined,
        sites: choicesOf(await siteNames(visit, company)),
        line: { site: query.site },
        kinds: lineKinds.map((kind) => ({ value: kind, label: text(`kind.${kind}`) })),
      },
    }
  },
}

const createLine: Act = {
  path: '/lines/new',
  action: 'line.write',
  page: newLine,
  async do({ ask, form }) {
    const { _csrf, company = '', ...body } = form.fields
    const { body: made } = await ask<{ line?: { number: string } }>('createLine', {
      params: { company },
      body,
    })
    return { to: linePath(made.line?.number ?? ''), said: { text: 'lines.created' } }
  },
}

export const createPages = [newLine]
export const createActs = [createLine]
