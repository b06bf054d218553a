import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { shownSettings } from '../../settings.ts'
import { type Route, route } from '../route.ts'
import { instant, time } from './devices-shown.ts'

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

const readServerSettings = route({
  id: 'readServerSettings',
  method: 'get',
  path: '/server/settings',
  summary: 'Read how the server is set up and since when it runs, without its secrets',
  tag: 'server',
  action: 'server.read',
  of: 'server',
  answer: z.object({
    version: z.string(),
    startedAt: time,
    settings: z.array(
      z.object({
        name: z.string().describe('Of the environment variable'),
        value: z.string().describe('Empty for a secret, and when it is not set'),
        isSet: z.boolean(),
        about: z.string(),
      }),
    ),
  }),
  async handle({ services: { settings, now } }) {
    const startedAt = instant(now() - Math.round(process.uptime() * 1000))
    return { body: { version, startedAt, settings: [...shownSettings(settings)] } }
  },
})

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string
}

export const serverRoutes: readonly Route[] = [readServer, readServerSettings]
