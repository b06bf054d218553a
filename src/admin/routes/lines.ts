import { z } from 'zod'
import { readEntries } from '../../fleet/entries.ts'
import { defined } from '../../fleet/kept.ts'
import { type FleetPlan, planEntries } from '../../fleet/plan.ts'
import { planRemoval } from '../../fleet/remove-line.ts'
import { lineSchema } from '../../fleet/schema.ts'
import type { FleetReader } from '../../store/store.ts'
import { ApiFailure, nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { etagOf, refuseOtherState } from './fleet-etag.ts'
import { planOf, shownPlan } from './fleet-plan.ts'
import { lineBody, lineChange } from './lines-change.ts'
import { lineReading } from './lines-list.ts'
import { lineOf, lineState, shownLine } from './lines-shown.ts'

const changed = z.object({ plan: planOf, line: lineOf.optional() })

const createLine = route({
  id: 'createLine',
  method: 'post',
  path: '/companies/{company}/lines',
  summary: 'Add a line to a company, with its equipment and keys if they are known',
  tag: 'lines',
  action: 'line.write',
  of: 'company',
  creates: true,
  query: dryRunQuery,
  body: lineSchema,
  answer: changed,
  async handle(call) {
    const { place, body, services } = call
    const entries = readEntries({ companies: [{ name: place.company, lines: [body] }] })
    const number = entries.companies[0]?.lines?.[0]?.entry.number ?? ''
    const plan = async (reader: FleetReader): Promise<FleetPlan> => {
      if (await reader.findLine(number)) throw taken(number)
      return planEntries(reader, entries, services.catalogue, { prune: false })
    }
    const done = await carryOut(call, { plan, body: lineBody }, isDryRun(call))
    if (isDryRun(call)) return { status: 200, body: { plan: shownPlan(done) } }
    const made = await services.store.findLine(number)
    return {
      location: `/api/v1/lines/${encodeURIComponent(number)}`,
      body: { plan: shownPlan(done), ...(made ? { line: shownLine(made, services.catalogue) } : {}) },
    }
  },
})

/** Of whom it is, is not said: it may be a company that the caller knows nothing of. */
function taken(number: string): ApiFailure {
  const wrong = `${number} is a line already`
  const right = 'a number is one line: change that one, or give another number'
  return new ApiFailure(409, 'number-taken', wrong, right, {
    problems: [{ code: 'number-taken', severity: 'error', path: 'number', wrong, right }],
  })
}

const changeLine = route({
  id: 'changeLine',
  method: 'patch',
  path: '/lines/{line}',
  summary: 'Change what a line is: its names, its site, its SIP account. What is left out stays, null clears',
  tag: 'lines',
  action: 'line.write',
  of: 'line',
  guarded: true,
  query: dryRunQuery,
  body: lineSchema.omit({ number: true, equipment: true, keys: true }).partial(),
  answer: changed,
  async handle(call) {
    const { place, body, ifMatch, services } = call
    const number = place.line ?? ''
    const change = lineChange(services, {
      number,
      change: (found) => {
        const { sip, ...fields } = body
        const state = lineState(found)
        refuseOtherState(ifMatch, state, { ...state, ...fields })
        return defined(body)
      },
    })
    const done = await carryOut(call, change, isDryRun(call))
    if (isDryRun(call)) return { body: { plan: shownPlan(done) } }
    const now = await services.store.findLine(number)
    if (!now) throw nothingThere()
    return {
      body: { plan: shownPlan(done), line: shownLine(now, services.catalogue) },
      etag: etagOf(lineState(now)),
    }
  },
})

const removeLine = route({
  id: 'removeLine',
  method: 'delete',
  path: '/lines/{line}',
  summary: 'Remove a line: its device is reset. Refused while others supervise it, unless they are released',
  tag: 'lines',
  action: 'line.write',
  of: 'line',
  guarded: 'if-sent',
  query: dryRunQuery.extend({
    release: z.enum(['true', 'false']).optional().describe('true: the keys that supervise it go with it'),
  }),
  answer: z.object({ plan: planOf }),
  async handle(call) {
    const { place, query, ifMatch, services } = call
    const { company = '', line = '' } = place
    const release = query.release === 'true'
    const plan = async (reader: FleetReader) => {
      const found = await reader.findLine(line)
      if (!found) throw nothingThere()
      refuseOtherState(ifMatch, lineState(found), {})
      return planRemoval(reader, { company, line: found.line, release }, services.catalogue)
    }
    return { body: { plan: shownPlan(await carryOut(call, { plan }, isDryRun(call))) } }
  },
})

export const lineRoutes: readonly Route[] = [...lineReading, createLine, changeLine, removeLine]
