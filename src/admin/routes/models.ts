import { z } from 'zod'
import { capacity } from '../../domain/key-layout.ts'
import type { Model } from '../../domain/model.ts'
import { defined } from '../../fleet/kept.ts'
import { nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'

const kinds = ['phone', 'conference', 'dect-base', 'ata'] as const

const modelOf = z.object({
  id: z.string(),
  maker: z.string(),
  label: z.string(),
  kind: z.enum(kinds),
  keys: z.int().optional().describe('That can be ordered, its own line’s not counted; absent on an adapter'),
  keysPerPage: z.int().optional(),
  registrations: z.int(),
  ports: z.int().describe('Lines it can be given to'),
  expansions: z.array(z.object({ name: z.string(), keys: z.int(), max: z.int() })),
  confidence: z.enum(['verified', 'likely', 'unsure']).describe('How much is known of it'),
  note: z.string().optional(),
})

export type ShownModel = z.output<typeof modelOf>

function shownModel(model: Model): z.input<typeof modelOf> {
  const { id, maker, label, kind, keysPerPage, lines, ports, expansions = {}, confidence, note } = model
  return {
    ...{ id, maker, label, kind, registrations: lines, ports, confidence },
    expansions: Object.entries(expansions).map(([name, { keys, max }]) => ({ name, keys, max })),
    ...defined({ keys: capacity(model), keysPerPage, note }),
  }
}

const listModels = route({
  id: 'listModels',
  method: 'get',
  path: '/models',
  summary: 'List the models that can be given to a line',
  tag: 'models',
  action: 'catalogue.read',
  of: 'fleet',
  query: z.strictObject({
    maker: z.string().optional(),
    kind: z.enum(kinds).optional(),
    search: z.string().trim().max(100).optional(),
  }),
  answer: z.object({ items: z.array(modelOf) }),
  async handle({ query: { maker, kind, search = '' }, services: { catalogue } }) {
    const text = search.toLowerCase()
    const items = catalogue.models
      .filter((model) => maker === undefined || model.maker === maker)
      .filter((model) => kind === undefined || model.kind === kind)
      .filter(({ id, label }) => `${id} ${label}`.toLowerCase().includes(text))
    return { body: { items: items.map(shownModel) } }
  },
})

const readModel = route({
  id: 'readModel',
  method: 'get',
  path: '/models/{maker}/{model}',
  summary: 'Read a model: its keys, lines, modules, and how much is known of it',
  tag: 'models',
  action: 'catalogue.read',
  of: 'fleet',
  params: z.object({ maker: z.string(), model: z.string() }),
  answer: modelOf,
  async handle({ params, services }) {
    const model = services.catalogue.find(`${params.maker}/${params.model}`)
    if (!model) throw nothingThere()
    return { body: shownModel(model) }
  },
})

/** As many names as somebody looks through while he types. */
const mostNames = 100

const listParameters = route({
  id: 'listParameters',
  method: 'get',
  path: '/parameters',
  summary: 'Look for the names of a maker’s parameters, each with where it is known from',
  tag: 'models',
  action: 'catalogue.read',
  of: 'fleet',
  query: z.strictObject({
    maker: z.string(),
    search: z.string().trim().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(mostNames),
  }),
  answer: z.object({
    items: z.array(z.object({ name: z.string(), source: z.string() })),
    total: z.int().describe('How many fit'),
  }),
  async handle({ query: { maker, search = '', limit }, services: { drivers } }) {
    const driver = drivers.find(({ models }) => models.some((model) => model.maker === maker))
    if (!driver) throw nothingThere()
    const text = search.toLowerCase()
    const { dictionary } = driver
    const fitting = dictionary.names.filter((name) => name.toLowerCase().includes(text))
    // What begins with the text is likelier meant than what has it somewhere.
    const begins = (name: string) => (name.toLowerCase().startsWith(text) ? 0 : 1)
    const items = fitting
      .toSorted((a, b) => begins(a) - begins(b) || (a < b ? -1 : 1))
      .slice(0, limit)
      .map((name) => ({ name, source: dictionary.source(name.replaceAll('{n}', '1')) ?? '' }))
    return { body: { items, total: fitting.length } }
  },
})

export const modelRoutes: readonly Route[] = [listModels, readModel, listParameters]
