import { z } from 'zod'
import { nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import { dryRunQuery, isDryRun } from './fleet-change.ts'
import { etagOf } from './fleet-etag.ts'
import { keyCopyRoutes } from './keys-copy.ts'
import { readDirectory } from './keys-directory.ts'
import { keyHistoryRoutes } from './keys-history.ts'
import { companyAround, keysBody, keysOf, keysState, shownKeys } from './keys-shown.ts'
import { keyTrialRoutes } from './keys-trial.ts'
import { keysChange, keysChanged, orderKeys, wholeKeys } from './keys-write.ts'

const readKeys = route({
  id: 'readKeys',
  method: 'get',
  path: '/lines/{line}/keys',
  summary: 'Read the keys of a line, each in its place on the phone',
  tag: 'keys',
  action: 'keys.read',
  of: 'line',
  answer: keysOf,
  async handle({ place, services }) {
    const found = await services.store.findLine(place.line ?? '')
    if (!found) throw nothingThere()
    const company = await companyAround(services.store, found)
    return { body: shownKeys(found.line, company, services), etag: etagOf(keysState(found.line)) }
  },
})

const replaceKeys = route({
  id: 'replaceKeys',
  method: 'put',
  path: '/lines/{line}/keys',
  summary: 'Replace the keys of a line as a whole; its phone reboots by itself',
  tag: 'keys',
  action: 'keys.write',
  of: 'line',
  guarded: true,
  query: dryRunQuery,
  body: keysBody,
  answer: keysChanged,
  async handle(call) {
    const { place, body, ifMatch, services } = call
    const change = keysChange(services, place.line ?? '', ifMatch, () => wholeKeys(body))
    return orderKeys(call, change, isDryRun(call))
  },
})

const replaceShortcuts = route({
  id: 'replaceShortcuts',
  method: 'put',
  path: '/lines/{line}/shortcuts',
  summary: 'Replace the shortcuts of a line; its supervision keys stay as they are',
  tag: 'keys',
  action: 'shortcuts.write',
  of: 'line',
  guarded: true,
  query: dryRunQuery,
  body: z.strictObject({ shortcuts: keysBody.shape.shortcuts.unwrap().unwrap() }),
  answer: keysChanged,
  async handle(call) {
    const { place, body, ifMatch, services } = call
    const change = keysChange(services, place.line ?? '', ifMatch, () => ({ shortcuts: body.shortcuts }))
    return orderKeys(call, change, isDryRun(call))
  },
})

export const keyRoutes: readonly Route[] = [
  readKeys,
  replaceKeys,
  replaceShortcuts,
  ...keyTrialRoutes,
  ...keyHistoryRoutes,
  ...keyCopyRoutes,
  readDirectory,
]
