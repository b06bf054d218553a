import { z } from 'zod'
import { displayName, lineKinds } from '../../domain/intent.ts'
import { supervisable } from '../../domain/key-rules.ts'
import { defined } from '../../fleet/kept.ts'
import { route } from '../route.ts'
import { pageQuery } from './lines-list.ts'

export const readDirectory = route({
  id: 'readDirectory',
  method: 'get',
  path: '/companies/{company}/directory',
  summary: 'Look for the lines of a company that keys can supervise',
  tag: 'keys',
  action: 'directory.read',
  of: 'company',
  query: z.strictObject({ search: z.string().trim().min(1).max(200).optional(), ...pageQuery }),
  answer: z.object({
    items: z.array(
      z.object({
        number: z.string(),
        displayName: z.string(),
        kind: z.enum(lineKinds),
        site: z.string(),
        shortNumber: z.string().optional(),
      }),
    ),
    next: z.string().optional(),
  }),
  async handle({ place, query, services }) {
    const { limit, search: text, after } = query
    const asked = { company: place.company ?? '', kinds: supervisable, limit: limit + 1 }
    const found = await services.store.findDirectory({ ...asked, ...defined({ text, after }) })
    const items = found.slice(0, limit).map((line) => {
      const { number, kind, site, shortNumber } = line
      return { number, displayName: displayName(line), kind, site, ...defined({ shortNumber }) }
    })
    const last = items.at(-1)
    return { body: { items, ...(found.length > limit && last ? { next: last.number } : {}) } }
  },
})
