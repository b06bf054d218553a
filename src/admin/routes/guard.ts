import { z } from 'zod'
import { defined } from '../../fleet/kept.ts'
import { type Route, route } from '../route.ts'
import { instant, time } from './devices-shown.ts'

const readGuard = route({
  id: 'readGuard',
  method: 'get',
  path: '/guard',
  summary: 'List the addresses that look as if they guessed device names, the most suspicious first',
  tag: 'server',
  action: 'server.read',
  of: 'server',
  answer: z.object({
    items: z.array(
      z.object({
        source: z.string().describe('An IPv4 address, or the /64 of an IPv6 one'),
        points: z.number().describe('They fade by half in a quarter of an hour'),
        shutOut: z.boolean().describe('No window admits a device from there'),
        until: time.optional().describe('When it is let in again, if no more comes'),
      }),
    ),
  }),
  async handle({ services: { guard, now } }) {
    const items = guard.suspects(now()).map(({ until, ...suspect }) => ({
      ...suspect,
      ...defined({ until: until === undefined ? undefined : instant(until) }),
    }))
    return { body: { items } }
  },
})

const forgiveSource = route({
  id: 'forgiveSource',
  method: 'post',
  path: '/guard/forgive',
  summary: 'Let an address in again at once: a site whose phones came before they were linked is no guesser',
  tag: 'server',
  action: 'guard.forgive',
  of: 'server',
  body: z.strictObject({ source: z.string().max(100).describe('As it is listed, or any address of it') }),
  answer: z.object({ forgiven: z.boolean().describe('false: nothing was held against it') }),
  async handle({ who, body, services }) {
    return { body: { forgiven: services.guard.forgive(body.source.trim(), who.name) } }
  },
})

export const guardRoutes: readonly Route[] = [readGuard, forgiveSource]
