import type { Page } from '../page.ts'
import { serverCrumbs } from './certificates.ts'

interface Images {
  readonly items: readonly {
    readonly image: string
    readonly models: readonly string[]
    readonly passedOver: readonly string[]
  }[]
}

/** The firmware images that are there, and which models are told to take each. */
export const firmwarePage: Page = {
  path: '/firmware',
  action: 'firmware.read',
  async show({ ask, text }) {
    const { body } = await ask<Images>('listFirmware')
    const { body: known } = await ask<{ items: readonly { id: string; label: string }[] }>('listModels')
    const labels = new Map(known.items.map(({ id, label }) => [id, label]))
    const named = (models: readonly string[]) => models.map((id) => labels.get(id) ?? id).join(', ')
    return {
      view: 'server/firmware',
      title: text('firmware.title'),
      place: 'administration',
      data: {
        crumbs: serverCrumbs({ text }),
        images: body.items.map(({ image, models, passedOver }) => ({
          image,
          models: named(models),
          passedOver: named(passedOver),
          isUsed: models.length > 0,
          isKnown: models.length + passedOver.length > 0,
        })),
      },
    }
  },
}
