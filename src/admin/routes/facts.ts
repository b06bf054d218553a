import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { lineKinds } from '../../domain/intent.ts'
import { defined } from '../../fleet/kept.ts'
import { type Route, route } from '../route.ts'
import { standings } from './devices-shown.ts'
import { pageQuery } from './lines-list.ts'

const count = z.int().min(0)

const none = Object.fromEntries(standings.map((standing) => [standing, 0]))

const readFacts = route({
  id: 'readFacts',
  method: 'get',
  path: '/facts',
  summary: 'Count the sites, lines and devices of companies, and the lines that wait for a device',
  tag: 'facts',
  action: 'site.read',
  of: 'fleet',
  query: z.strictObject({
    company: z.string().optional(),
    search: z.string().trim().min(1).max(200).optional().describe('Words of the company’s name'),
    ...pageQuery,
  }),
  answer: z.object({
    items: z.array(
      z.object({
        company: z.string(),
        sites: count,
        lines: z.array(
          z.object({
            kind: z.enum(lineKinds),
            total: count,
            withEquipment: count,
            withoutEquipment: count,
          }),
        ),
        linesToComplete: count.describe('Their model is known, the MAC is missing'),
        devices: z.record(z.enum(standings), count),
      }),
    ),
    next: z.string().optional(),
  }),
  async handle({ who, query: { limit, search: text, ...asked }, services: { store, now } }) {
    const within = extentOf(who, 'site.read')
    const found = await store.readFacts({ within, limit, now: now(), ...defined({ ...asked, text }) })
    const last = found.length === limit ? found.at(-1)?.company : undefined
    const items = found.map(({ company, sites, lines, devices }) => ({
      company,
      sites,
      lines: lines.map(({ kind, total, equipped }) => ({
        kind,
        total,
        withEquipment: equipped,
        withoutEquipment: total - equipped,
      })),
      linesToComplete: lines.reduce((sum, { toComplete }) => sum + toComplete, 0),
      devices: { ...none, ...devices },
    }))
    return { body: { items, ...defined({ next: last }) } }
  },
})

const readSiteFacts = route({
  id: 'readSiteFacts',
  method: 'get',
  path: '/facts/sites',
  summary: 'Count the lines and devices of each site of a company; sites without lines are there too',
  tag: 'facts',
  action: 'site.read',
  of: 'fleet',
  query: z.strictObject({ company: z.string() }),
  answer: z.object({
    items: z.array(
      z.object({
        site: z.string(),
        lines: count,
        withEquipment: count,
        linesToComplete: count.describe('Their model is known, the MAC is missing'),
        devices: z.record(z.enum(standings), count),
      }),
    ),
  }),
  async handle({ who, query: { company }, services: { store, now } }) {
    const found = await store.readSiteFacts({ within: extentOf(who, 'site.read'), company, now: now() })
    const items = found.map(({ site, lines, equipped, toComplete, devices }) => ({
      site,
      lines,
      withEquipment: equipped,
      linesToComplete: toComplete,
      devices: { ...none, ...devices },
    }))
    return { body: { items } }
  },
})

export const factRoutes: readonly Route[] = [readFacts, readSiteFacts]
