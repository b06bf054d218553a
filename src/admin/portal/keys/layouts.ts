import type { Listed } from '../listed.ts'
import type { Act, Page, Visit } from '../page.ts'
import { type Order, pressed } from './draft.ts'
import { numbersChosen, outcomes, recipientsIn, type Spread } from './recipients.ts'
import { shortcutRows, supervisionRows } from './rows.ts'

type Layout = Order & { readonly name: string }
type NamedLayout = Layout & { readonly names: Readonly<Record<string, string>> }

const crumb = (company: string, { text }: Pick<Visit, 'text'>) => ({
  to: `/companies/${encodeURIComponent(company)}/layouts`,
  label: text('keys.layouts'),
})

/** The keys that a company has given names, to give them to many lines. */
const layouts: Page = {
  path: '/companies/{company}/layouts',
  action: 'keys.write',
  async show({ ask, params, text }) {
    const company = params.company ?? ''
    const { body } = await ask<Listed<Layout>>('listKeyLayouts', { params: { company } })
    return {
      view: 'keys/layouts',
      title: text('keys.layouts'),
      place: 'lines',
      data: {
        company,
        crumbs: [{ to: '/lines', label: text('menu.lines') }],
        layouts: body.items.map(({ name, supervision, shortcuts }) => ({
          name,
          to: `${crumb(company, { text }).to}/${encodeURIComponent(name)}`,
          supervision: supervision.length,
          shortcuts: shortcuts.length,
        })),
      },
    }
  },
}

/** One of them: what is on it, and for whom. */
const layout: Page = {
  path: '/companies/{company}/layouts/{layout}',
  action: 'keys.write',
  async show(visit) {
    const { ask, fault, form, params, text } = visit
    const { company = '', layout: name = '' } = params
    const given = { params: { company, layout: name } }
    const { body, etag } = await ask<NamedLayout>('readKeyLayout', given)
    const nameOf = (number: string) => body.names[number] ?? number
    const recipients = await recipientsIn(visit, company)
    const wants = pressed(form)[0] === 'preview' && !fault && recipients.chosen.length > 0
    const trial = { ...given, query: { dryRun: true }, body: { to: numbersChosen(visit) } }
    const spread = wants ? (await ask<Spread>('applyKeyLayout', trial)).body : undefined
    return {
      view: 'keys/layout',
      title: body.name,
      place: 'lines',
      data: {
        company,
        name: body.name,
        crumbs: [{ to: '/lines', label: text('menu.lines') }, crumb(company, visit)],
        action: `${crumb(company, visit).to}/${encodeURIComponent(body.name)}`,
        etag,
        rows: [
          ...supervisionRows(body, nameOf),
          ...shortcutRows(body, { label: text('keys.interception'), number: '' }),
        ],
        recipients,
        spread,
        outcomes: spread && outcomes(spread, recipients, nameOf),
      },
    }
  },
}

const apply: Act = {
  path: layout.path,
  page: layout,
  async do(visit) {
    const { ask, form, params } = visit
    if (pressed(form)[0] !== 'spread') return 'again'
    const { company = '', layout: name = '' } = params
    const to = numbersChosen(visit)
    await ask('applyKeyLayout', { params: { company, layout: name }, body: { to } })
    const said = { text: 'keys.copy.done', values: { count: to.length } }
    return { to: crumb(company, visit).to, said }
  },
}

const rename: Act = {
  path: `${layout.path}/name`,
  page: layout,
  async do(visit) {
    const { ask, form, params } = visit
    const { company = '', layout: old = '' } = params
    const name = form.one('name') ?? ''
    const given = { params: { company, layout: old }, ifMatch: form.one('etag'), body: { name } }
    await ask('changeKeyLayout', given)
    return { to: crumb(company, visit).to, said: { text: 'keys.layouts.renamed', values: { name } } }
  },
}

const forget: Act = {
  path: `${layout.path}/delete`,
  page: layout,
  async do(visit) {
    const { company = '', layout: name = '' } = visit.params
    await visit.ask('removeKeyLayout', { params: { company, layout: name } })
    return { to: crumb(company, visit).to, said: { text: 'keys.layouts.deleted', values: { name } } }
  },
}

export const layoutPages: readonly Page[] = [layouts, layout]
export const layoutActs: readonly Act[] = [apply, rename, forget]
