import { z } from 'zod'
import { noKeys } from '../../domain/intent.ts'
import { defined } from '../../fleet/kept.ts'
import type { KeyLayout } from '../../store/key-layouts.ts'
import { nothingThere } from '../http/failure.ts'
import { authorOf } from '../people/acting.ts'
import { type Route, route } from '../route.ts'
import { dryRunQuery, isDryRun } from './fleet-change.ts'
import { etagOf, refuseOtherState } from './fleet-etag.ts'
import { keysAlone } from './keys-alone.ts'
import { spread, spreadBody, spreadOf } from './keys-copy.ts'
import { keysBody, namesAround, namesOf, orderOf, shownOrder } from './keys-shown.ts'
import { nameTaken } from './sites.ts'

const layoutOf = z.object({ name: z.string(), ...orderOf.shape })
const name = z.string().trim().min(1).max(80)
const all = '/companies/{company}/key-layouts'
const one = `${all}/{layout}`
const params = z.object({ company: z.string(), layout: z.string() })

/** What a change of a layout is meant for. */
function shown({ name, keys }: KeyLayout): z.output<typeof layoutOf> {
  return { name, ...shownOrder(keys) }
}

const listLayouts = route({
  id: 'listKeyLayouts',
  method: 'get',
  path: all,
  summary: 'List the keys that a company has given a name',
  tag: 'key layouts',
  action: 'keys.write',
  of: 'company',
  answer: z.object({ items: z.array(layoutOf) }),
  async handle({ place, services }) {
    const layouts = await services.store.keyLayouts.list(place.company ?? '')
    return { body: { items: layouts.map(shown) } }
  },
})

const readLayout = route({
  id: 'readKeyLayout',
  method: 'get',
  path: one,
  summary: 'Read keys by their name',
  tag: 'key layouts',
  action: 'keys.write',
  of: 'company',
  params,
  answer: layoutOf.extend({ names: namesOf }),
  async handle({ place, params, services }) {
    const company = place.company ?? ''
    const layout = await services.store.keyLayouts.find(company, params.layout)
    if (!layout) throw nothingThere()
    const names = await namesAround(services.store, company, layout.keys.supervision)
    return { body: { ...shown(layout), names }, etag: etagOf(shown(layout)) }
  },
})

const createLayout = route({
  id: 'createKeyLayout',
  method: 'post',
  path: all,
  summary: 'Give keys a name, to give them to many lines',
  tag: 'key layouts',
  action: 'keys.write',
  of: 'company',
  creates: true,
  body: keysBody.extend({ name }),
  answer: layoutOf,
  async handle(call) {
    const { place, body, services } = call
    const company = place.company ?? ''
    const layout = { name: body.name, keys: keysAlone(body) }
    await services.store.keyLayouts.change(company, layout.name, authorOf(call), (stored) => {
      if (stored) throw nameTaken('key layout', layout.name)
      return layout
    })
    const location = `/api/v1/companies/${encodeURIComponent(company)}/key-layouts/${encodeURIComponent(layout.name)}`
    return { location, body: shown(layout), etag: etagOf(shown(layout)) }
  },
})

const changeLayout = route({
  id: 'changeKeyLayout',
  method: 'patch',
  path: one,
  summary: 'Change named keys, or their name; lines that were given them keep what they have',
  tag: 'key layouts',
  action: 'keys.write',
  of: 'company',
  guarded: true,
  params,
  body: keysBody.extend({ name: name.optional() }),
  answer: layoutOf,
  async handle(call) {
    const { place, params, body, ifMatch, services } = call
    const company = place.company ?? ''
    const { name: newName, ...order } = body
    const keys = keysAlone(order)
    const said = defined({
      supervision: order.supervision === undefined ? undefined : keys.supervision,
      shortcuts: order.shortcuts === undefined ? undefined : keys.shortcuts,
    })
    let layout: KeyLayout = { name: params.layout, keys: noKeys }
    await services.store.keyLayouts.change(company, params.layout, authorOf(call), (stored, isTaken) => {
      if (!stored) throw nothingThere()
      layout = { name: newName ?? stored.name, keys: { ...stored.keys, ...said } }
      refuseOtherState(ifMatch, shown(stored), shown(layout))
      if (layout.name !== stored.name && isTaken(layout.name)) throw nameTaken('key layout', layout.name)
      return layout
    })
    return { body: shown(layout), etag: etagOf(shown(layout)) }
  },
})

const removeLayout = route({
  id: 'removeKeyLayout',
  method: 'delete',
  path: one,
  summary: 'Forget named keys; lines that were given them keep what they have',
  tag: 'key layouts',
  action: 'keys.write',
  of: 'company',
  guarded: 'if-sent',
  params,
  async handle(call) {
    const { place, params, ifMatch, services } = call
    const company = place.company ?? ''
    await services.store.keyLayouts.change(company, params.layout, authorOf(call), (stored) => {
      if (!stored) throw nothingThere()
      refuseOtherState(ifMatch, shown(stored), {})
      return undefined
    })
    return {}
  },
})

const applyLayout = route({
  id: 'applyKeyLayout',
  method: 'post',
  path: `${one}/apply`,
  summary: 'Give named keys to lines: to all of them or to none',
  tag: 'key layouts',
  action: 'keys.write',
  of: 'company',
  params,
  query: dryRunQuery,
  body: spreadBody,
  answer: spreadOf,
  async handle(call) {
    const { place, params, body, services } = call
    const layout = await services.store.keyLayouts.find(place.company ?? '', params.layout)
    if (!layout) throw nothingThere()
    return { body: await spread(call, async () => layout.keys, body.to, isDryRun(call)) }
  },
})

export const keyLayoutRoutes: readonly Route[] = [
  listLayouts,
  readLayout,
  createLayout,
  changeLayout,
  removeLayout,
  applyLayout,
]
