import { z } from 'zod'
import { sameRecord } from '../../domain/diff.ts'
import { extentOf } from '../../domain/extent.ts'
import { judge } from '../../domain/permissions.ts'
import { type FleetEntries, readEntries } from '../../fleet/entries.ts'
import { exportFleet, toYaml } from '../../fleet/export.ts'
import { type FleetPlan, planEntries } from '../../fleet/plan.ts'
import type { FleetReader } from '../../store/store.ts'
import { ApiFailure } from '../http/failure.ts'
import type { Principal } from '../principal.ts'
import { type Route, route } from '../route.ts'
import type { Services } from '../services.ts'
import {
  fleetBody,
  fleetBodyLimit,
  fleetBodyTypes,
  readFleetBody,
  refuseConfigured,
  refuseUnseen,
} from './fleet-body.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { etagOf } from './fleet-etag.ts'
import { planOf, type ShownPlan, shownPlan } from './fleet-plan.ts'

const prune = z
  .enum(['true', 'false'])
  .optional()
  .describe('true: the file is the whole truth, what it leaves out goes; only for operators')

const planFleet = route({
  id: 'planFleet',
  method: 'post',
  path: '/fleet/plan',
  summary: 'Say what a fleet file would change, and which devices would reboot',
  tag: 'fleet',
  action: 'fleet.plan',
  of: 'fleet',
  query: z.strictObject({ prune }),
  body: fleetBody,
  read: readFleetBody,
  alsoAs: fleetBodyTypes,
  bodyLimit: fleetBodyLimit,
  answer: planOf,
  async handle(call) {
    const plan = filePlan(call.body, call.who, call.services, call.query.prune === 'true')
    const shown = shownPlan(await carryOut(call, { plan }, true))
    return { body: shown, etag: agreement(shown) }
  },
})

const applyFleet = route({
  id: 'applyFleet',
  method: 'post',
  path: '/fleet/apply',
  summary: 'Make the fleet what a file says, all of it or nothing',
  tag: 'fleet',
  action: 'fleet.apply',
  of: 'fleet',
  query: dryRunQuery.extend({
    prune,
    agreed: z
      .string()
      .max(100)
      .optional()
      .describe('The ETag of the plan that was agreed to, without quotes'),
  }),
  body: fleetBody,
  read: readFleetBody,
  alsoAs: fleetBodyTypes,
  bodyLimit: fleetBodyLimit,
  answer: planOf,
  async handle(call) {
    const { agreed } = call.query
    const make = filePlan(call.body, call.who, call.services, call.query.prune === 'true')
    const plan = async (reader: FleetReader): Promise<FleetPlan> => {
      const made = await make(reader)
      if (agreed !== undefined && agreed !== agreement(shownPlan(made))) throw moved()
      return made
    }
    return { body: shownPlan(await carryOut(call, { plan }, isDryRun(call))) }
  },
})

/** Two plans that would do the same have the same. */
function agreement({ changes, devices, renewals }: ShownPlan): string {
  return etagOf([changes, devices, renewals])
}

function moved(): ApiFailure {
  const wrong = 'the fleet changed since the plan was shown: nothing was done'
  return new ApiFailure(409, 'fleet-moved', wrong, 'look at the new plan and apply again')
}

function filePlan(file: unknown, who: Principal, { catalogue }: Services, whole: boolean) {
  if (whole && who.companies !== 'all') {
    const wrong = 'only operators may give the whole truth'
    throw new ApiFailure(
      403,
      'not-allowed',
      wrong,
      'leave prune out; remove single things by their addresses',
    )
  }
  return async (reader: FleetReader): Promise<FleetPlan> => {
    const entries: FleetEntries = readEntries(file)
    refuseUnseen(entries, who)
    const plan = await planEntries(reader, entries, catalogue, { prune: whole })
    refuseConfigured(entries, (company, field) => {
      if (judge(who, 'company.configure', { company }) === 'may') return false
      const settings = plan.diff.find(({ name }) => name === company)?.settings
      const [was, is] = [settings?.before, settings?.after].map(
        (each) => ({ ...each }) as Record<string, unknown>,
      )
      return !sameRecord(was?.[field], is?.[field])
    })
    return plan
  }
}

const exportRoute = route({
  id: 'exportFleet',
  method: 'get',
  path: '/fleet/export',
  summary: 'The fleet as a fleet file, in YAML or JSON; applying it again changes nothing',
  tag: 'fleet',
  action: 'fleet.export',
  of: 'fleet',
  query: z.strictObject({
    company: z.string().optional(),
    format: z.enum(['yaml', 'json']).default('yaml'),
    passwords: z.enum(['true', 'false']).optional().describe('With the SIP passwords; only for operators'),
  }),
  answer: { contentType: 'application/yaml; charset=utf-8' },
  async handle({ who, query, services }) {
    const secrets = query.passwords === 'true'
    if (secrets && who.role !== 'operator') {
      const wrong = 'passwords are only for operators'
      throw new ApiFailure(
        403,
        'not-allowed',
        wrong,
        'leave passwords out: applying keeps those that are there',
      )
    }
    const { companies: own } = extentOf(who, 'fleet.export')
    const { company } = query
    const asked = company === undefined ? own : own && !own.includes(company) ? [] : [company]
    const companies = await services.store.readFleet({ secrets, ...(asked ? { companies: asked } : {}) })
    const file = exportFleet(companies, services.catalogue)
    if (query.format === 'yaml') return { body: toYaml(file) }
    return { body: JSON.stringify(file), headers: { 'Content-Type': 'application/json; charset=utf-8' } }
  },
})

export const fleetRoutes: readonly Route[] = [planFleet, applyFleet, exportRoute]
