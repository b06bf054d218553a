import { address, sitePath } from '../address.ts'
import { differenceIn } from '../lines/difference.ts'
import type { Act, Form, Page, Visit } from '../page.ts'
import { siteCrumbs, siteOfPage } from './site.ts'

const timezones = Intl.supportedValuesOf('timeZone')

const newSite: Page = {
  path: '/companies/{company}/new-site',
  action: 'site.write',
  async show({ ask, params, text }) {
    const { company = '' } = params
    const { body } = await ask<{ timezone: string }>('readCompany', { params: { company } })
    return {
      view: 'sites/new',
      title: text('sites.new'),
      place: 'sites',
      data: {
        company,
        timezones,
        usual: body.timezone,
        back: address('/sites', { company }),
        crumbs: [{ to: address('/sites', { company }), label: text('menu.sites') }],
      },
    }
  },
}

const createSite: Act = {
  path: '/companies/{company}/new-site',
  action: 'site.write',
  page: newSite,
  async do({ ask, params, form }) {
    const { company = '' } = params
    const body = { name: form.one('name') ?? '', ...placeGiven(form) }
    await ask('createSite', { params: { company }, body })
    return { to: sitePath(company, body.name), said: { text: 'sites.created' } }
  },
}

const changeSite: Page = {
  path: '/companies/{company}/sites/{site}/change',
  action: 'site.write',
  async show(visit) {
    const known = await siteOfPage(visit)
    const { body } = await visit.ask<{ timezone: string }>('readCompany', {
      params: { company: known.company },
    })
    return {
      view: 'sites/change',
      title: visit.text('sites.change'),
      place: 'sites',
      data: {
        ...known,
        timezones,
        usual: body.timezone,
        own: sitePath(known.company, known.site.name),
        crumbs: siteCrumbs(visit, known),
        difference: differenceIn(visit),
      },
    }
  },
}

const saveSite: Act = {
  path: '/companies/{company}/sites/{site}/change',
  action: 'site.write',
  page: changeSite,
  async do({ ask, params, form }) {
    const { company = '', site = '' } = params
    const name = form.one('name') ?? site
    const body = { name, ...placeGiven(form) }
    await ask('changeSite', { params: { company, site }, body, ifMatch: form.one('etag') })
    return { to: sitePath(company, name), said: { text: 'sites.changed' } }
  },
}

/** A field that was emptied is cleared. */
function placeGiven(form: Form): Readonly<Record<string, string | null>> {
  return { address: form.one('address') ?? null, timezone: form.one('timezone') ?? null }
}

const removeSite: Page = {
  path: '/companies/{company}/sites/{site}/remove',
  action: 'site.write',
  async show(visit: Visit) {
    const known = await siteOfPage(visit)
    const { company, site } = known
    const { body } = await visit.ask<{ total: number }>('listLines', {
      query: { company, site: site.name, total: true, limit: 1 },
    })
    return {
      view: 'sites/remove',
      title: visit.text('sites.remove'),
      place: 'sites',
      data: {
        ...known,
        own: sitePath(company, site.name),
        crumbs: siteCrumbs(visit, known),
        lines: body.total,
        toLines: address('/lines', { company, site: site.name }),
      },
    }
  },
}

const doRemove: Act = {
  path: '/companies/{company}/sites/{site}/remove',
  action: 'site.write',
  page: removeSite,
  async do({ ask, params }) {
    const { company = '', site = '' } = params
    await ask('removeSite', { params: { company, site } })
    return { to: address('/sites', { company }), said: { text: 'sites.removed', values: { name: site } } }
  },
}

export const siteChangePages: readonly Page[] = [newSite, changeSite, removeSite]
export const siteActs: readonly Act[] = [createSite, saveSite, doRemove]
