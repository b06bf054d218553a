import type { Act, Page, Visit } from '../page.ts'
import { candidatesAt } from './members.ts'
import { listPath } from './paths.ts'

/** A new group of a site. */
export const newGroup: Page = {
  path: '/pickup/new',
  action: 'pickup.write',
  async show(visit) {
    const { company, site } = placeOf(visit)
    const { body } = await visit.ask<{ readonly name: string }>('readSite', { params: { company, site } })
    return {
      view: 'pickup/group',
      title: visit.text('pickup.new'),
      place: 'pickup',
      data: {
        ...{ company, site: body.name },
        here: '/pickup/new',
        lines: await candidatesAt(visit, { company, site }),
        crumbs: [{ to: listPath(company), label: visit.text('pickup.title') }],
      },
    }
  },
}

const create: Act = {
  path: '/pickup/new',
  action: 'pickup.write',
  page: newGroup,
  async do(visit) {
    const { company, site } = placeOf(visit)
    const name = visit.form.one('name') ?? ''
    await visit.ask('createPickupGroup', {
      params: { company, site },
      body: { name, members: visit.form.all('member') },
    })
    return { to: listPath(company), said: { text: 'pickup.created', values: { name } } }
  },
}

/** The form repeats where its page was opened for. */
function placeOf({ query, form }: Visit): { readonly company: string; readonly site: string } {
  return {
    company: form.one('company') ?? query.company ?? '',
    site: form.one('site') ?? query.site ?? '',
  }
}

export const createActs: readonly Act[] = [create]
