import type { Act, Page } from '../page.ts'
import { hasText } from '../text.ts'
import { serverCrumbs } from './certificates.ts'

interface ServerSettings {
  readonly version: string
  readonly startedAt: string
  readonly settings: readonly {
    readonly name: string
    readonly value: string
    readonly isSet: boolean
    readonly about: string
  }[]
}

interface Suspects {
  readonly items: readonly { readonly source: string; readonly shutOut: boolean; readonly until?: string }[]
}

/** How the server is set up, for who has to say so at the telephone; it is changed where it is started. */
const settingsPage: Page = {
  path: '/settings',
  action: 'server.read',
  async show({ ask, text }) {
    const { body } = await ask<ServerSettings>('readServerSettings')
    const { body: address } = await ask<{ devicesUrl: string }>('readServer')
    const { body: guard } = await ask<Suspects>('readGuard')
    return {
      view: 'server/settings',
      title: text('settings.title'),
      place: 'administration',
      data: {
        crumbs: serverCrumbs({ text }),
        ...body,
        ...address,
        suspects: guard.items,
        settings: body.settings.map((setting) => ({
          ...setting,
          about: hasText(`setting.${setting.name}`) ? text(`setting.${setting.name}`) : setting.about,
          // A secret that is set shows nothing of itself.
          isSecret: setting.isSet && setting.value === '',
        })),
      },
    }
  },
}

const forgive: Act = {
  path: '/settings/forgive',
  action: 'guard.forgive',
  page: settingsPage,
  async do({ ask, form }) {
    const source = form.one('source') ?? ''
    await ask('forgiveSource', { body: { source } })
    return { to: '/settings', said: { text: 'settings.forgiven', values: { source } } }
  },
}

export const settingsPages: readonly Page[] = [settingsPage]
export const settingsActs: readonly Act[] = [forgive]
