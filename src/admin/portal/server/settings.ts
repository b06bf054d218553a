import { suspectsNow } from '../administration/guard.ts'
import { administrationCrumbs } from '../crumbs.ts'
import type { Page } from '../page.ts'
import { hasText } from '../text.ts'

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

/** How the server is set up, for who has to say so at the telephone; it is changed where it is started. */
export const settingsPage: Page = {
  path: '/settings',
  action: 'server.read',
  async show({ ask, text }) {
    const { body } = await ask<ServerSettings>('readServerSettings')
    const { body: address } = await ask<{ devicesUrl: string }>('readServer')
    return {
      view: 'server/settings',
      title: text('settings.title'),
      place: 'administration',
      data: {
        crumbs: administrationCrumbs({ text }),
        ...body,
        ...address,
        suspects: await suspectsNow({ ask }),
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
