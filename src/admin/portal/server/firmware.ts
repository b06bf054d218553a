import { administrationCrumbs } from '../crumbs.ts'
import type { Listed } from '../listed.ts'
import { modelsKnown } from '../models.ts'
import type { Page } from '../page.ts'

interface Image {
  readonly image: string
  readonly models: readonly string[]
  readonly passedOver: readonly string[]
}

/** The firmware images that are there, and which models are told to take each. */
export const firmwarePage: Page = {
  path: '/firmware',
  action: 'firmware.read',
  async show({ ask, text }) {
    const { body } = await ask<Listed<Image>>('listFirmware')
    const labels = new Map((await modelsKnown({ ask })).map(({ id, label }) => [id, label]))
    const named = (models: readonly string[]) => models.map((id) => labels.get(id) ?? id).join(', ')
    return {
      view: 'server/firmware',
      title: text('firmware.title'),
      place: 'administration',
      data: {
        crumbs: administrationCrumbs({ text }),
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
