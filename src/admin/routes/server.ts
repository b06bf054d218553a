import { z } from 'zod'
import { type Route, route } from '../route.ts'

const readServer = route({
  id: 'readServer',
  method: 'get',
  path: '/server',
  summary: 'Read the address that devices are to be sent to',
  tag: 'server',
  action: 'catalogue.read',
  of: 'server',
  answer: z.object({ devicesUrl: z.string() }),
  async handle({ services: { devicesUrl } }) {
    return { body: { devicesUrl } }
  },
})

export const serverRoutes: readonly Route[] = [readServer]
