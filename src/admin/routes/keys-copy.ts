import { z } from 'zod'
import type { Keys } from '../../domain/intent.ts'
import { judge } from '../../domain/permissions.ts'
import { normaliseNumber } from '../../domain/phone-number.ts'
import { fault } from '../../domain/problem.ts'
import { readEntries } from '../../fleet/entries.ts'
import { FleetFailure } from '../../fleet/failure.ts'
import { planEntries } from '../../fleet/plan.ts'
import type { FleetReader } from '../../store/store.ts'
import { type Call, type Route, route } from '../route.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { planOf, shownPlan } from './fleet-plan.ts'
import { leftOf, possibleOn } from './keys-history.ts'
import { shownOrder } from './keys-shown.ts'

export const spreadBody = z.strictObject({
  to: z.array(z.string()).min(1).max(500).describe('Numbers of lines of the same company'),
})

export const spreadOf = z.object({
  plan: planOf,
  lines: z.array(z.object({ line: z.string(), left: leftOf })).describe('What each line could not take'),
})

const copyKeys = route({
  id: 'copyKeys',
  method: 'post',
  path: '/lines/{line}/keys/copy',
  summary: 'Give the keys of a line to others of its company: to all of them or to none',
  tag: 'keys',
  action: 'keys.write',
  of: 'line',
  query: dryRunQuery,
  body: spreadBody,
  answer: spreadOf,
  async handle(call) {
    const keysOf = async (reader: FleetReader) => (await reader.findLine(call.place.line ?? ''))?.line.keys
    return { body: await spread(call, keysOf, call.body.to, isDryRun(call)) }
  },
})

/** Gives the same keys to many lines, each what it can have of them; all or nothing. */
export async function spread(
  call: Pick<Call<unknown, unknown, unknown>, 'who' | 'services' | 'place'>,
  keysOf: (reader: FleetReader) => Promise<Keys | undefined>,
  to: readonly string[],
  dryRun: boolean,
): Promise<z.output<typeof spreadOf>> {
  const { who, services, place } = call
  let lines: z.output<typeof spreadOf>['lines'] = []
  const plan = async (reader: FleetReader) => {
    lines = []
    const keys = (await keysOf(reader)) ?? { supervision: [], shortcuts: [] }
    const entries: object[] = []
    const unknown = []
    for (const [i, text] of to.entries()) {
      const found = await reader.findLine(normaliseNumber(text) ?? '')
      const where = found && { company: found.company, site: found.line.site, line: found.line.number }
      if (!found || !where || where.company !== place.company || judge(who, 'keys.write', where) !== 'may') {
        const wrong = `${text.slice(0, 40)} is not a line of this company`
        unknown.push(fault('line-unknown', `to[${i}]`, wrong, 'give lines of the same company'))
        continue
      }
      const { number, kind, site } = found.line
      const possible = await possibleOn(found, keys, reader, services)
      // Of colleagues who watch one another, each has his own line among the keys of the others.
      const left = possible.left.filter(({ key }) => key !== number)
      lines.push({ line: number, left: left.map((each) => ({ ...each })) })
      entries.push({ number, kind, site, keys: shownOrder(possible.keys) })
    }
    if (unknown.length > 0) {
      throw new FleetFailure(
        'fleet-refused',
        'some lines cannot have these keys',
        'correct the list',
        unknown,
      )
    }
    const file = readEntries({ companies: [{ name: place.company, lines: entries }] })
    return planEntries(reader, file, services.catalogue, { prune: false })
  }
  const done = await carryOut(call, { plan }, dryRun)
  return { plan: shownPlan(done), lines }
}

export const keyCopyRoutes: readonly Route[] = [copyKeys]
