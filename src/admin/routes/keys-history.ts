import { z } from 'zod'
import type { Keys } from '../../domain/intent.ts'
import { type LeftKey, possibleKeys } from '../../fleet/possible-keys.ts'
import type { CompanyLine } from '../../store/find-lines.ts'
import type { FleetReader } from '../../store/store.ts'
import { ApiFailure } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import type { Services } from '../services.ts'
import { dryRunQuery, isDryRun } from './fleet-change.ts'
import { companyAround, namesAround, namesOf, orderOf, shownOrder } from './keys-shown.ts'
import { keysChange, keysChanged, orderKeys } from './keys-write.ts'

/** As far back as anybody looks; the audit has the rest. */
const versionsKept = 200

const keyHistory = route({
  id: 'readKeyHistory',
  method: 'get',
  path: '/lines/{line}/keys/history',
  summary: 'What the keys of a line were after each change, the newest first',
  tag: 'keys',
  action: 'keys.read',
  of: 'line',
  answer: z.object({
    items: z.array(
      z.object({
        change: z.int(),
        at: z.string(),
        who: z.string(),
        source: z.string(),
        model: z.string().optional(),
        ...orderOf.shape,
      }),
    ),
    names: namesOf,
  }),
  async handle({ place, services }) {
    const versions = await services.store.keyVersions(place.line ?? '', versionsKept)
    const watched = versions.flatMap(({ keys }) => keys.supervision)
    const names = await namesAround(services.store, place.company ?? '', watched)
    const items = versions.map(({ keys, at, ...rest }) => ({
      ...rest,
      at: new Date(at).toISOString(),
      ...shownOrder(keys),
    }))
    return { body: { items, names } }
  },
})

export const leftOf = z
  .array(z.object({ key: z.string(), label: z.string().optional(), code: z.string(), why: z.string() }))
  .describe('Keys that can no longer be, and why')

const undoKeys = route({
  id: 'undoKeys',
  method: 'post',
  path: '/lines/{line}/keys/undo',
  summary: 'Put the keys back as they were after an earlier change; those that can no longer be are named',
  tag: 'keys',
  action: 'keys.write',
  of: 'line',
  guarded: true,
  query: dryRunQuery,
  body: z.strictObject({ change: z.int().describe('As the history calls it') }),
  answer: keysChanged.extend({ left: leftOf }),
  async handle(call) {
    const { place, body, ifMatch, services } = call
    const number = place.line ?? ''
    const versions = await services.store.keyVersions(number, versionsKept)
    const version = versions.find(({ change }) => change === body.change)
    if (!version) throw unknownVersion()
    let left: readonly LeftKey[] = []
    const change = keysChange(services, number, ifMatch, async (found, reader) => {
      const possible = await possibleOn(found, version.keys, reader, services)
      left = possible.left
      return shownOrder(possible.keys)
    })
    const reply = await orderKeys(call, change, isDryRun(call))
    return { ...reply, body: { ...reply.body, left } }
  },
})

/** What of these keys a line can have now, by the fleet as the reader sees it. */
export async function possibleOn(
  { company: name, line }: CompanyLine,
  keys: Keys,
  reader: Pick<FleetReader, 'readFleet'>,
  { catalogue }: Pick<Services, 'catalogue'>,
) {
  const { lines } = await companyAround(reader, { company: name, line: { ...line, keys } })
  return possibleKeys(line, keys, catalogue, (number) => lines.find((other) => other.number === number))
}

function unknownVersion(): ApiFailure {
  const right = 'take one of the history of this line'
  return new ApiFailure(422, 'version-unknown', 'the keys were not changed by that', right, {
    problems: [
      {
        code: 'version-unknown',
        severity: 'error',
        path: 'change',
        wrong: 'no version of these keys',
        right,
      },
    ],
  })
}

export const keyHistoryRoutes: readonly Route[] = [keyHistory, undoKeys]
