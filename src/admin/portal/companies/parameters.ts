import type { ShownCompany } from '../../routes/companies-shown.ts'
import type { Listed } from '../listed.ts'
import { makerNames, modelsKnown } from '../models.ts'
import type { Page, Visit } from '../page.ts'
import { givenParameters } from './parameters-given.ts'

/** Blank rows for parameters that are added. */
const spare = 3

/** Makers and models that have parameters of their own, each with its rows, and those that may be added. */
export async function scopesShown(visit: Visit, company: ShownCompany): Promise<object> {
  const { form, text } = visit
  const models = await modelsKnown(visit)
  const makers = [...new Set(models.map(({ maker }) => maker))].map((maker) => ({
    maker,
    label: text('companies.every-model', { maker: makerNames(models, [maker]).join(' / ') }),
    models: models.filter((model) => model.maker === maker),
  }))
  const isSent = form.fields._csrf !== undefined
  const known = (isSent ? givenParameters(form.fields) : company.parameters) ?? {}
  const added = form.one('add')
  const names = [...new Set([...Object.keys(known), ...(added === undefined ? [] : [added])])]
  return {
    scopes: names.map((scope, s) => ({
      s,
      scope,
      label:
        models.find(({ id }) => id === scope)?.label ??
        makers.find(({ maker }) => maker === scope)?.label ??
        scope,
      maker: scope.split('/')[0],
      rows: rowsOf(scope, known[scope] ?? {}),
    })),
    makers,
  }
}

function rowsOf(scope: string, parameters: Readonly<Record<string, string>>): readonly object[] {
  const known = Object.entries(parameters).map(([name, value]) => ({
    name,
    value,
    path: `parameters["${scope}"]["${name}"]`,
  }))
  return [...known, ...Array.from({ length: spare }, () => ({ name: '', value: '', path: '-' }))].map(
    (row, n) => ({ ...row, n }),
  )
}

/** Names that a maker's devices know, for whoever begins to write one; a part of the page, fetched while he types. */
export const parameterNames: Page = {
  path: '/parameter-names',
  action: 'company.settle',
  async show({ ask, query, text }) {
    const typed = Object.entries(query).find(([name]) => name.startsWith('name.'))?.[1]
    const { body } = await ask<Listed<{ readonly name: string }>>('listParameters', {
      query: { maker: query.maker, search: typed, limit: 30 },
    })
    return {
      view: 'companies/names',
      title: text('companies.section.parameters'),
      place: 'administration',
      frame: 'bare',
      data: { names: body.items },
    }
  },
}
