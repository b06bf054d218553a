import { z } from 'zod'
import { firmwareImages, imageFor } from '../../provision/firmware.ts'
import { type Route, route } from '../route.ts'

const listFirmware = route({
  id: 'listFirmware',
  method: 'get',
  path: '/firmware',
  summary: 'List the firmware images that are there, and the models that are told to take each',
  tag: 'server',
  action: 'firmware.read',
  of: 'server',
  answer: z.object({
    items: z.array(
      z.object({
        image: z.string(),
        models: z.array(z.string()),
        passedOver: z.array(z.string()).describe('Models for which a newer image is there'),
      }),
    ),
  }),
  async handle({ services: { settings, catalogue } }) {
    const images = firmwareImages(settings.firmware, catalogue)
    const items = images.map(({ file, models }) => {
      const taking = models.filter((model) => imageFor(model, images) === file)
      const others = models.filter((model) => !taking.includes(model))
      return { image: file, models: taking.map(({ id }) => id), passedOver: others.map(({ id }) => id) }
    })
    return { body: { items } }
  },
})

export const firmwareRoutes: readonly Route[] = [listFirmware]
