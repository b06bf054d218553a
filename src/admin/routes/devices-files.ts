import { z } from 'zod'
import { unifiedDiff } from '../../domain/unified-diff.ts'
import { defined } from '../../fleet/kept.ts'
import { nothingThere } from '../http/failure.ts'
import { route } from '../route.ts'
import { instant, time } from './devices-shown.ts'
import { fileChangeOf, fileChanges } from './keys-files.ts'

export const filesOf = z.object({
  items: z.array(z.object({ name: z.string(), contentType: z.string(), body: z.string() })),
})

export const changesOf = z.object({
  taken: z
    .object({
      revision: z.string(),
      at: time,
      isLatest: z.boolean().describe('false: it took others since, which are not kept'),
    })
    .optional()
    .describe('Absent while nothing is kept of what it took'),
  wanted: z.string().optional().describe('The revision it should have'),
  items: z
    .array(fileChangeOf.extend({ unified: z.string().describe('As diff -u writes it') }))
    .describe('Another password alone changes no line here'),
})

export const readFiles = route({
  id: 'readDeviceFiles',
  method: 'get',
  path: '/devices/{mac}/files',
  summary: 'Read the files of a device as it gets them, its passwords masked',
  tag: 'devices',
  action: 'device.files',
  of: 'device',
  answer: filesOf,
  async handle({ place, services }) {
    const files = await services.filesOf(place.mac ?? '')
    if (!files) throw nothingThere()
    return { body: { items: files } }
  },
})

export const readFileChanges = route({
  id: 'readDeviceChanges',
  method: 'get',
  path: '/devices/{mac}/changes',
  summary: 'Compare the files of a device with those it took last, passwords masked in both',
  tag: 'devices',
  action: 'device.files',
  of: 'device',
  answer: changesOf,
  async handle({ place: { mac = '' }, services }) {
    const { store } = services
    const wanted = await services.filesOf(mac)
    const state = await store.devices.deviceState(mac)
    if (!wanted || !state) throw nothingThere()
    const taken = await store.devices.takenOf(mac)
    if (!taken) return { body: { items: [], ...defined({ wanted: state.revision }) } }
    const { revision, at, files } = taken
    const bodyIn = (all: typeof files, name: string) => all.find((file) => file.name === name)?.body ?? ''
    return {
      body: {
        taken: { revision, at: instant(at), isLatest: revision === state.deliveredRevision },
        ...defined({ wanted: state.revision }),
        items: fileChanges(files, wanted).map((change) => ({
          ...change,
          unified: unifiedDiff(change.name, bodyIn(files, change.name), bodyIn(wanted, change.name)),
        })),
      },
    }
  },
})
