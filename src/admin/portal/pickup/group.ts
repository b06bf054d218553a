import type { Act, Page } from '../page.ts'
import { candidatesAt, type Group } from './members.ts'
import { groupPath, listPath } from './paths.ts'

const path = '/companies/{company}/sites/{site}/pickup-groups/{group}'

/** One group: its name, and who is in it. */
export const pickupGroup: Page = {
  path,
  action: 'pickup.write',
  async show(visit) {
    const { ask, params, text } = visit
    const { company = '', site = '' } = params
    const { body: group, etag: state } = await ask<Group>('readPickupGroup', { params })
    const here = groupPath(company, site, group.name)
    return {
      view: 'pickup/group',
      title: group.name,
      place: 'pickup',
      data: {
        ...{ company, site, group, state, here },
        lines: await candidatesAt(visit, { company, site, group }),
        crumbs: [{ to: listPath(company), label: text('pickup.title') }],
        remove: `${here}/delete`,
      },
    }
  },
}

const change: Act = {
  path,
  action: 'pickup.write',
  page: pickupGroup,
  async do({ ask, params, form }) {
    const name = form.one('name') ?? ''
    await ask('changePickupGroup', {
      params,
      body: { name, members: form.all('member') },
      ifMatch: form.one('state'),
    })
    return { to: listPath(params.company ?? ''), said: { text: 'pickup.changed', values: { name } } }
  },
}

const removal: Page = {
  path: `${path}/delete`,
  action: 'pickup.write',
  async show({ ask, params, text }) {
    const { company = '', site = '' } = params
    const { body: group } = await ask<Group>('readPickupGroup', { params })
    const here = groupPath(company, site, group.name)
    return {
      view: 'pickup/delete',
      title: text('pickup.delete'),
      place: 'pickup',
      data: { group, site, here, remove: `${here}/delete` },
    }
  },
}

const remove: Act = {
  path: `${path}/delete`,
  action: 'pickup.write',
  page: removal,
  async do({ ask, params }) {
    await ask('removePickupGroup', { params })
    const { company = '', group = '' } = params
    return { to: listPath(company), said: { text: 'pickup.deleted', values: { name: group } } }
  },
}

export const groupPages: readonly Page[] = [pickupGroup, removal]
export const groupActs: readonly Act[] = [change, remove]
