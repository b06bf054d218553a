import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { unmaskedParameters } from '../../domain/secret-names.ts'
import { readEntries } from '../../fleet/entries.ts'
import { defined } from '../../fleet/kept.ts'
import { planEntries } from '../../fleet/plan.ts'
import { type CompanyEntry, companySchema } from '../../fleet/schema.ts'
import type { FleetReader } from '../../store/store.ts'
import { type Call, type Reply, type Route, route } from '../route.ts'
import { companyAlone, companyOf, companyState, shownCompany } from './companies-shown.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { etagOf, refuseOtherState } from './fleet-etag.ts'
import { planOf, shownPlan } from './fleet-plan.ts'
import { pageQuery } from './lines-list.ts'

const listCompanies = route({
  id: 'listCompanies',
  method: 'get',
  path: '/companies',
  summary: 'List the companies one has to do with',
  tag: 'companies',
  action: 'company.read',
  of: 'fleet',
  query: z.strictObject({
    search: z.string().trim().min(1).max(200).optional().describe('Words of the name'),
    ...pageQuery,
  }),
  answer: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        sites: z.int(),
        lines: z.int(),
        deletion: z.iso.datetime().optional().describe('When it goes, unless it is kept'),
      }),
    ),
    next: z.string().optional(),
  }),
  async handle({ who, query, services }) {
    const { after, limit, search: text } = query
    const { companies: names } = extentOf(who, 'company.read')
    const asked = { limit: limit + 1, ...defined({ names, after, text }) }
    const found = await services.store.findCompanies(asked)
    const items = found
      .slice(0, limit)
      .map(({ deletion, ...company }) => ({ ...company, ...goingAt(deletion) }))
    const last = items.at(-1)
    return { body: { items, ...(found.length > limit && last ? { next: last.name } : {}) } }
  },
})

const readCompany = route({
  id: 'readCompany',
  method: 'get',
  path: '/companies/{company}',
  summary: 'Read what a company decides for all its lines',
  tag: 'companies',
  action: 'company.read',
  of: 'company',
  answer: companyOf.extend({ deletion: z.iso.datetime().optional() }),
  async handle({ who, place, services }) {
    const company = await companyAlone(services.store, place.company ?? '')
    const deletion = await services.store.deletionOf(company.name)
    return {
      body: { ...shownCompany(company, who), ...goingAt(deletion?.at) },
      etag: etagOf(companyState(company)),
    }
  },
})

function goingAt(at: number | undefined): { readonly deletion?: string } {
  return at === undefined ? {} : { deletion: new Date(at).toISOString() }
}

const changed = z.object({ company: companyOf, plan: planOf })

const settleCompany = route({
  id: 'settleCompany',
  method: 'patch',
  path: '/companies/{company}',
  summary: 'Change what a company may decide itself. What is left out stays, null clears',
  tag: 'companies',
  action: 'company.settle',
  of: 'company',
  guarded: true,
  query: dryRunQuery,
  body: companySchema.pick({
    locale: true,
    timezone: true,
    keyDuringCall: true,
    quietHours: true,
    parameters: true,
  }),
  answer: changed,
  handle: (call) => change(call, call.body),
})

const configureCompany = route({
  id: 'configureCompany',
  method: 'patch',
  path: '/companies/{company}/configuration',
  summary: 'Change how the lines of a company register, who gets files and how devices are told',
  tag: 'companies',
  action: 'company.configure',
  of: 'company',
  guarded: true,
  query: dryRunQuery,
  body: companySchema
    .pick({
      deviceAccess: true,
      openNetworks: true,
      userSettings: true,
      codes: true,
      reboot: true,
      numberBlocks: true,
    })
    .extend({ sip: companySchema.shape.sip.unwrap().unwrap().partial().optional() }),
  answer: changed,
  handle: (call) => change(call, call.body),
})

/** The fields of a request; a SIP server named in part keeps the rest of it. */
type Fields = Omit<Partial<CompanyEntry>, 'name' | 'sip'> & {
  readonly sip?:
    | { [K in keyof NonNullable<CompanyEntry['sip']>]?: NonNullable<CompanyEntry['sip']>[K] | undefined }
    | undefined
}

type CompanyCall = Call<unknown, { readonly dryRun?: 'true' | 'false' | undefined }, unknown>

async function change(
  call: CompanyCall,
  body: { readonly [K in keyof Fields]: Fields[K] | undefined },
): Promise<Reply> {
  const { place, ifMatch, services, who } = call
  const name = place.company ?? ''
  const plan = async (reader: FleetReader) => {
    const stored = await companyAlone(reader, name)
    const state = companyState(stored)
    const { reboot, ...shown } = defined(body)
    refuseOtherState(ifMatch, state, { ...state, ...shown })
    const { sip, parameters } = body
    const entry = {
      ...defined(body),
      name,
      ...(sip ? { sip: { domain: stored.sip.domain, ...defined(sip) } } : {}),
      ...(parameters ? { parameters: unmasked(parameters, stored.parameters) } : {}),
    }
    return planEntries(reader, readEntries({ companies: [entry] }), services.catalogue, { prune: false })
  }
  const done = await carryOut(call, { plan, body: 'companies[0]' }, isDryRun(call))
  const after = done.diff.find((company) => company.name === name)?.settings?.after
  const company = after ?? (await companyAlone(services.store, name))
  return {
    body: { company: shownCompany(company, who), plan: shownPlan(done) },
    etag: etagOf(companyState(company)),
  }
}

function unmasked(
  scopes: NonNullable<CompanyEntry['parameters']>,
  stored: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined,
): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(scopes).map(([scope, values]) => [scope, unmaskedParameters(values, stored?.[scope])]),
  )
}

export const companyRoutes: readonly Route[] = [listCompanies, readCompany, settleCompany, configureCompany]
