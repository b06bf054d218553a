import { z } from 'zod'
import { nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import { instant, time } from './devices-shown.ts'

export const uploadsOf = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['log', 'overrides', 'directory', 'calls']),
      bytes: z.int(),
      at: time,
    }),
  ),
})

const listUploads = route({
  id: 'listDeviceUploads',
  method: 'get',
  path: '/devices/{mac}/uploads',
  summary: 'List what a device sent: its logs, and what its user changed on it',
  tag: 'devices',
  action: 'device.uploads',
  of: 'device',
  answer: uploadsOf,
  async handle({ place, services }) {
    const found = await services.uploads.list(place.mac ?? '')
    const items = found.map(({ name, kind, size, at }) => ({ name, kind, bytes: size, at: instant(at) }))
    return { body: { items } }
  },
})

const readUpload = route({
  id: 'readDeviceUpload',
  method: 'get',
  path: '/devices/{mac}/uploads/{name}',
  summary: 'Fetch a file that a device sent, as it sent it',
  tag: 'devices',
  action: 'device.uploads',
  of: 'device',
  params: z.object({ mac: z.string(), name: z.string().max(200) }),
  answer: { contentType: 'text/plain; charset=utf-8' },
  async handle({ place: { mac = '' }, params, services: { uploads } }) {
    const kept = (await uploads.list(mac)).find(({ name }) => name === params.name)
    const found = kept && (await uploads.find(mac, kept.kind, kept.name))
    if (!found) throw nothingThere()
    return { body: found.body, headers: { 'Content-Disposition': attachment(params.name) } }
  },
})

/** A device writes what it likes: no browser opens it, and its name ends no header. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, '_')}`
}

export const uploadRoutes: readonly Route[] = [listUploads, readUpload]
