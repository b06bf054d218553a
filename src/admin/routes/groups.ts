import { z } from 'zod'
import { fault } from '../../domain/problem.ts'
import { deletionTimes, keepCompany, planDeletion, renameCompany } from '../../fleet/companies.ts'
import { refuseFaults } from '../../fleet/failure.ts'
import { planNewCompany } from '../../fleet/new-company.ts'
import { companySchema } from '../../fleet/schema.ts'
import type { FleetReader } from '../../store/store.ts'
import { type Route, route } from '../route.ts'
import { companyAlone, companyOf, companyState, shownCompany } from './companies-shown.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { etagOf } from './fleet-etag.ts'
import { planOf, shownPlan } from './fleet-plan.ts'
import { groupMoveRoutes } from './groups-moves.ts'

const createCompany = route({
  id: 'createCompany',
  method: 'post',
  path: '/companies',
  summary: 'Add a company, without sites and lines yet',
  tag: 'companies',
  action: 'company.create',
  of: 'server',
  creates: true,
  query: dryRunQuery,
  body: companySchema,
  answer: z.object({ company: companyOf.optional(), plan: planOf }),
  async handle(call) {
    const { body, services, who } = call
    const { name } = body
    const plan = (reader: FleetReader) => planNewCompany(reader, body, services.catalogue)
    const done = await carryOut(call, { plan, body: 'companies[0]' }, isDryRun(call))
    if (isDryRun(call)) return { status: 200, body: { plan: shownPlan(done) } }
    const company = await companyAlone(services.store, name)
    return {
      location: addressOf(name),
      etag: etagOf(companyState(company)),
      body: { company: shownCompany(company, who), plan: shownPlan(done) },
    }
  },
})

const rename = route({
  id: 'renameCompany',
  method: 'post',
  path: '/companies/{company}/rename',
  summary: 'Give a company another name; its devices, history and people stay with it',
  tag: 'companies',
  action: 'company.rename',
  of: 'company',
  body: z.strictObject({ name: z.string() }),
  answer: companyOf,
  async handle({ body: { name }, place, services, who }) {
    const { store, nudge } = services
    await renameCompany(store, { name: who.name, source: 'api' }, place.company ?? '', name)
    nudge()
    const company = await companyAlone(store, name)
    return {
      location: addressOf(name),
      etag: etagOf(companyState(company)),
      body: shownCompany(company, who),
    }
  },
})

const deletionOf = z.object({ at: z.iso.datetime(), plannedAt: z.iso.datetime(), plannedBy: z.string() })

const planCompanyDeletion = route({
  id: 'planCompanyDeletion',
  method: 'put',
  path: '/companies/{company}/deletion',
  summary: 'Have a company without lines go on a day; until then it can be kept',
  tag: 'companies',
  action: 'company.delete',
  of: 'company',
  body: z.strictObject({ at: z.string().optional().describe('A moment to come; in 30 days when absent') }),
  answer: deletionOf,
  async handle({ body, place, services, who }) {
    const now = services.now()
    const at = body.at === undefined ? now + deletionTimes.usual : momentOf(body.at)
    const author = { name: who.name, source: 'api' }
    const planned = await planDeletion(services.store, author, place.company ?? '', { at, now })
    return {
      body: { at: iso(planned.at), plannedAt: iso(planned.plannedAt), plannedBy: planned.plannedBy },
    }
  },
})

const cancelCompanyDeletion = route({
  id: 'cancelCompanyDeletion',
  method: 'delete',
  path: '/companies/{company}/deletion',
  summary: 'Keep a company that was to go',
  tag: 'companies',
  action: 'company.delete',
  of: 'company',
  async handle({ place, services, who }) {
    const author = { name: who.name, source: 'api' }
    await keepCompany(services.store, author, place.company ?? '', services.now())
    return {}
  },
})

function momentOf(text: string): number {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) {
    const wrong = `"${text.slice(0, 40)}" is no moment`
    refuseFaults([fault('deletion-time', 'at', wrong, 'write it as 2026-12-01T03:00:00Z')])
  }
  return at
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function addressOf(company: string): string {
  return `/api/v1/companies/${encodeURIComponent(company)}`
}

export const groupRoutes: readonly Route[] = [
  createCompany,
  rename,
  planCompanyDeletion,
  cancelCompanyDeletion,
  ...groupMoveRoutes,
]
