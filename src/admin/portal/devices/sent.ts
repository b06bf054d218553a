import type { z } from 'zod'
import type { uploadsOf } from '../../routes/uploads.ts'
import type { Page, Visit } from '../page.ts'
import { deviceHead } from './device.ts'
import type { WholeDevice } from './loop.ts'

/** The end of a log is what happened last; more than this is read in the file itself. */
const mostShown = 60_000

/** What a device sent: its logs, and what its user changed on it. */
export const sentPage: Page = {
  path: '/devices/{mac}/sent',
  action: 'device.uploads',
  async show(visit) {
    const { ask, params, query, text } = visit
    const { body: device } = await ask<WholeDevice>('readDevice', { params })
    const { body: sent } = await ask<z.output<typeof uploadsOf>>('listDeviceUploads', { params })
    return {
      view: 'devices/sent',
      title: text('device.sent'),
      place: 'devices',
      data: {
        ...deviceHead(visit, device, 'sent'),
        items: sent.items.map((item) => ({
          ...item,
          kilobytes: Math.max(1, Math.round(item.bytes / 1024)),
          here: item.name === query.name,
        })),
        shown: query.name === undefined ? undefined : await shownFile(visit, query.name),
      },
    }
  },
}

async function shownFile({ ask, params }: Visit, name: string): Promise<object> {
  const { body } = await ask<string | Uint8Array>('readDeviceUpload', { params: { ...params, name } })
  const whole = typeof body === 'string' ? body : new TextDecoder().decode(body)
  return { name, text: whole.slice(-mostShown), isCut: whole.length > mostShown }
}
