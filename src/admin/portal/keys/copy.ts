import type { ShownKeys } from '../../routes/keys-shown.ts'
import type { Act, Page } from '../page.ts'
import { aboutLine } from './about.ts'
import { pressed } from './draft.ts'
import { numbersChosen, outcomes, recipientsIn, type Spread } from './recipients.ts'
import { namesIn } from './rows.ts'

const path = '/lines/{line}/keys/copy'

/** To use the keys of a line again: for other lines now, or under a name for later. */
const copying: Page = {
  path,
  action: 'keys.write',
  async show(visit) {
    const { ask, fault, form, params, text } = visit
    const about = await aboutLine(visit)
    const given = { params: { line: params.line ?? '' } }
    const { body: keys } = await ask<ShownKeys>('readKeys', given)
    const recipients = await recipientsIn(visit, about.line.company, about.line.number)
    const wants = pressed(form)[0] === 'preview' && !fault && recipients.chosen.length > 0
    const body = { to: numbersChosen(visit) }
    const spread = wants
      ? (await ask<Spread>('copyKeys', { ...given, query: { dryRun: true }, body })).body
      : undefined
    return {
      view: 'keys/copy',
      title: `${text('keys.copy.title')} · ${about.line.displayName}`,
      place: about.place,
      data: {
        ...about,
        keys,
        recipients,
        action: `${about.at}/keys/copy`,
        spread,
        outcomes: spread && outcomes(spread, recipients, namesIn(keys)),
      },
    }
  },
}

const copy: Act = {
  path,
  page: copying,
  async do(visit) {
    const { ask, form, params } = visit
    if (pressed(form)[0] !== 'spread') return 'again'
    const line = params.line ?? ''
    const to = numbersChosen(visit)
    await ask('copyKeys', { params: { line }, body: { to } })
    const said = { text: 'keys.copy.done', values: { count: to.length } }
    return { to: `/lines/${encodeURIComponent(line)}/keys`, said }
  },
}

/** Gives the keys of a line a name. */
const keep: Act = {
  path: '/lines/{line}/keys/layout',
  page: copying,
  async do(visit) {
    const { ask, form, params } = visit
    const { line } = await aboutLine(visit)
    const { body: keys } = await ask<ShownKeys>('readKeys', { params: { line: params.line ?? '' } })
    const { supervision, shortcuts } = keys
    const name = form.one('name') ?? ''
    const { company } = line
    await ask('createKeyLayout', { params: { company }, body: { name, supervision, shortcuts } })
    const said = { text: 'keys.layouts.kept', values: { name } }
    return { to: `/companies/${encodeURIComponent(company)}/layouts`, said }
  },
}

export const copyPages: readonly Page[] = [copying]
export const copyActs: readonly Act[] = [copy, keep]
