import { languages } from '../account/account.ts'
import type { Act, Page } from '../page.ts'
import { personDifference } from './difference.ts'
import { type Link, linkView } from './invite.ts'
import { aboutPerson, type KnownPerson, personOfPage, personPath } from './known.ts'
import { reachChoice, reachGiven } from './reach.ts'

const change: Page = {
  path: '/people/{person}/change',
  action: 'people.write',
  async show(visit) {
    const { person, etag } = await personOfPage(visit)
    return {
      view: 'people/change',
      title: visit.text('people.change'),
      place: 'administration',
      data: {
        ...aboutPerson(visit, person, etag),
        ...(await reachChoice(visit, personPath(person.id, '/change'), person)),
        languages: languages(visit.text),
        difference: personDifference(visit),
      },
    }
  },
}

const save: Act = {
  path: '/people/{person}/change',
  action: 'people.write',
  page: change,
  async do(visit) {
    const { ask, params, form } = visit
    const id = params.person ?? ''
    const body = {
      email: form.one('email') ?? '',
      name: form.one('name') ?? '',
      locale: form.one('locale'),
      ...reachGiven(visit),
    }
    await ask('changePerson', { params: { person: id }, body, ifMatch: form.one('etag') })
    return { to: personPath(Number(id)), said: { text: 'people.changed' } }
  },
}

const newLink: Page = {
  path: '/people/{person}/link',
  action: 'people.write',
  async show(visit) {
    const { person, etag } = await personOfPage(visit)
    return {
      view: 'people/new-link',
      title: visit.text('people.new-link'),
      place: 'administration',
      data: { ...aboutPerson(visit, person, etag), isReset: person.lastSignInAt !== undefined },
    }
  },
}

const makeLink: Act = {
  path: '/people/{person}/link',
  action: 'people.write',
  page: newLink,
  async do(visit) {
    const params = { person: visit.params.person ?? '' }
    const removeSecondFactor = visit.form.one('second-factor') === 'remove'
    const { body } = await visit.ask<Link>('makeSignInLink', { params, body: { removeSecondFactor } })
    const { body: person } = await visit.ask<KnownPerson>('readPerson', { params })
    return linkView(visit, person, body)
  },
}

const remove: Page = {
  path: '/people/{person}/remove',
  action: 'people.write',
  async show(visit) {
    const { person, etag } = await personOfPage(visit)
    return {
      view: 'people/remove',
      title: visit.text('people.remove'),
      place: 'administration',
      data: aboutPerson(visit, person, etag),
    }
  },
}

const doRemove: Act = {
  path: '/people/{person}/remove',
  action: 'people.write',
  page: remove,
  async do({ ask, params, form }) {
    await ask('removePerson', { params: { person: params.person ?? '' }, ifMatch: form.one('etag') })
    return { to: '/people', said: { text: 'people.removed' } }
  },
}

export const changePages: readonly Page[] = [change, newLink, remove]
export const changeActs: readonly Act[] = [save, makeLink, doRemove]
