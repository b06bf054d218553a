import { existsSync } from 'node:fs'
import { catalogue } from '../devices/catalogue.ts'
import type { Model } from '../domain/model.ts'
import { type FirmwareImage, firmwareImages, imageFor } from '../provision/firmware.ts'
import { command } from './command.ts'
import { table } from './table.ts'

export const firmware = command({
  name: 'firmware',
  summary: 'List the firmware images that are there, and the models that are told to take each',
  examples: ['bootline firmware', 'BOOTLINE_FIRMWARE=/srv/images bootline firmware --json'],
  options: {},
  run(context) {
    const { firmware: folder } = context.settings()
    const images = firmwareImages(folder, catalogue)
    const listed = images.map((image) => ({ image: image.file, ...takers(image, images) }))
    context.show({ folder, images: listed }, () => {
      if (!existsSync(folder)) return `There is no folder ${folder}: every device keeps the firmware it has.`
      if (listed.length === 0) return `No image in ${folder}: every device keeps the firmware it has.`
      return table([
        ['IMAGE', 'MODELS'],
        ...listed.map(({ image, models, passedOver }) => [image, modelsText(models, passedOver)]),
      ])
    })
    return 0
  },
})

/** Which models are told of an image, and which would take it if there were no newer one. */
function takers({ file, models }: FirmwareImage, images: readonly FirmwareImage[]) {
  const takes = (model: Model) => imageFor(model, images) === file
  const ids = (some: readonly Model[]) => some.map(({ id }) => id)
  return { models: ids(models.filter(takes)), passedOver: ids(models.filter((model) => !takes(model))) }
}

function modelsText(models: readonly string[], passedOver: readonly string[]): string {
  if (models.length + passedOver.length === 0) return 'none: no model asks for this name'
  const older = passedOver.length > 0 ? [`a newer one is there for ${passedOver.join(', ')}`] : []
  return [...(models.length > 0 ? [models.join(', ')] : []), ...older].join('; ')
}
