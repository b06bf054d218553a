import type { z } from 'zod'
import type { Locale } from '../../../domain/intent.ts'
import type { eventsOf } from '../../routes/people-shown.ts'
import type { Listed } from '../listed.ts'
import type { Act, Page } from '../page.ts'
import { browserName } from './browser.ts'

/** As `readMe` answers a person. */
export interface Me {
  readonly name: string
  readonly displayName: string
  readonly locale: Locale
  readonly companies: 'all' | readonly string[]
  readonly hasPassword: boolean
  readonly secondFactor: boolean
  readonly recoveryCodes?: number
}

interface Session {
  readonly id: number
  readonly current: boolean
  readonly userAgent: string
}

/** Who I am here, how I sign in, and where I am signed in. */
export const account: Page = {
  path: '/account',
  async show({ ask, text }) {
    const { body: me } = await ask<Me>('readMe')
    const { body: sessions } = await ask<Listed<Session>>('listSessions')
    const { body: events } = await ask<z.output<typeof eventsOf>>('listMySignIns', { query: { limit: 10 } })
    return {
      view: 'account/account',
      title: text('account.title'),
      place: '',
      data: {
        me,
        companies: me.companies === 'all' ? '' : me.companies.join(', '),
        languages: languages(text),
        sessions: sessions.items.map((session) => ({ ...session, browser: browserName(session.userAgent) })),
        hasOthers: sessions.items.length > 1,
        events: withBrowsers(events.items),
      },
    }
  },
}

export function languages(text: (key: string) => string): readonly object[] {
  return (['fr', 'en'] as const).map((value) => ({ value, label: text(`account.language.${value}`) }))
}

/** What happened at the door, with the browser as people call it. */
export function withBrowsers(events: z.output<typeof eventsOf>['items']): readonly object[] {
  return events.map((event) => ({ ...event, browser: browserName(event.userAgent) }))
}

const changeSelf: Act = {
  path: '/account',
  page: account,
  async do({ ask, form }) {
    await ask('changeMe', { body: { name: form.one('name') ?? '', locale: form.one('locale') } })
    return { to: '/account', said: { text: 'account.changed' } }
  },
}

const endOne: Act = {
  path: '/account/sessions/{session}/end',
  page: account,
  async do({ ask, params }) {
    await ask('endSession', { params: { session: params.session ?? '' } })
    return { to: '/account', said: { text: 'account.session-ended' } }
  },
}

const endOthers: Act = {
  path: '/account/sessions/end-others',
  page: account,
  async do({ ask }) {
    await ask('endSessions', { query: { others: true } })
    return { to: '/account', said: { text: 'account.sessions-ended' } }
  },
}

export const ownActs: readonly Act[] = [changeSelf, endOthers, endOne]
