import type { z } from 'zod'
import { mayAnywhere } from '../../../domain/permissions.ts'
import type { discoveredOf } from '../../routes/discovered.ts'
import { address } from '../address.ts'
import type { Listed } from '../listed.ts'
import type { Act, Page } from '../page.ts'

const pageSize = 50

/** Devices that asked for files and that nobody has linked to a line. */
const discoveredPage: Page = {
  path: '/discovered',
  action: 'discovered.read',
  async show({ ask, query, text, who }) {
    const { after } = query
    const { body } = await ask<Listed<z.output<typeof discoveredOf>>>('listDiscovered', {
      query: { after, limit: pageSize },
    })
    return {
      view: 'devices/discovered',
      title: text('discovered.title'),
      place: 'devices',
      data: {
        tab: 'discovered',
        items: body.items,
        mayLink: mayAnywhere(who, 'equipment.write'),
        first: after && '/discovered',
        next: body.next && address('/discovered', { after: body.next }),
      },
    }
  },
}

const forget: Act = {
  path: '/discovered/{mac}/forget',
  action: 'discovered.read',
  page: discoveredPage,
  async do({ ask, params }) {
    await ask('forgetDiscovered', { params })
    return { to: '/discovered', said: { text: 'discovered.said-forgotten' } }
  },
}

export const discoveredPages: readonly Page[] = [discoveredPage]
export const discoveredActs: readonly Act[] = [forget]
