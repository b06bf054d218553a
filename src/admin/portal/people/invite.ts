import type { z } from 'zod'
import type { linkOf } from '../../routes/people-shown.ts'
import { languages } from '../account/account.ts'
import type { Act, Page, View, Visit } from '../page.ts'
import { text } from '../text.ts'
import { type KnownPerson, peopleCrumbs, personPath } from './known.ts'
import { reachChoice, reachGiven } from './reach.ts'

export type Link = z.output<typeof linkOf>

export const newPerson: Page = {
  path: '/people/new',
  action: 'people.write',
  async show(visit) {
    return {
      view: 'people/new',
      title: visit.text('people.invite'),
      place: 'administration',
      data: {
        ...(await reachChoice(visit, '/people/new')),
        languages: languages(visit.text),
        crumbs: peopleCrumbs(visit),
      },
    }
  },
}

export const invite: Act = {
  path: '/people/new',
  action: 'people.write',
  page: newPerson,
  async do(visit) {
    const { ask, form } = visit
    const body = {
      email: form.one('email') ?? '',
      name: form.one('name') ?? '',
      locale: form.one('locale'),
      ...reachGiven(visit),
    }
    const { body: made } = await ask<{ readonly person: KnownPerson; readonly invitation?: Link }>(
      'addPerson',
      {
        body,
      },
    )
    if (!made.invitation) return { to: personPath(made.person.id) }
    return linkView(visit, made.person, made.invitation)
  },
}

/** A link that is told this one time: to be copied, or put into a mail of one's own. */
export function linkView(visit: Visit, person: KnownPerson, { kind, link, until }: Link): View {
  // Whoever gets the mail reads it in his language, whoever sends it.
  const say = (key: string) => text(person.locale, key, { name: person.name, link })
  const mail = new URLSearchParams({ subject: say('people.mail.subject'), body: say(`people.mail.${kind}`) })
  return {
    view: 'people/link-made',
    title: visit.text(`people.link.${kind}`),
    place: 'administration',
    data: {
      ...{ person, link, until },
      title: visit.text(`people.link.${kind}`),
      own: personPath(person.id),
      mail: `mailto:${encodeURIComponent(person.email)}?${mail.toString().replaceAll('+', '%20')}`,
      crumbs: peopleCrumbs(visit),
    },
  }
}
