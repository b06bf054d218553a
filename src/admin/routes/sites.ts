import { z } from 'zod'
import type { Company, Site } from '../../domain/intent.ts'
import { judge } from '../../domain/permissions.ts'
import { planEdit } from '../../fleet/edit.ts'
import { readEntries } from '../../fleet/entries.ts'
import { chosen, defined } from '../../fleet/kept.ts'
import { planEntries } from '../../fleet/plan.ts'
import { siteSchema } from '../../fleet/schema.ts'
import type { FleetReader } from '../../store/store.ts'
import { ApiFailure, nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import { companyAlone } from './companies-shown.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { etagOf, refuseOtherState } from './fleet-etag.ts'
import { planOf, shownPlan } from './fleet-plan.ts'

const siteOf = z.object({
  name: z.string(),
  address: z.string().optional(),
  timezone: z.string().optional(),
})

/** What is shown of a site, and what a change of it is meant for; its pickup groups have their own. */
function shownSite({ name, address, timezone }: Site): z.output<typeof siteOf> {
  return { name, ...defined({ address, timezone }) }
}

const siteFields = siteSchema.omit({ pickupGroups: true })
const path = '/companies/{company}/sites/{site}'

const listSites = route({
  id: 'listSites',
  method: 'get',
  path: '/companies/{company}/sites',
  summary: 'List the sites of a company; installers see their own',
  tag: 'sites',
  action: 'company.read',
  of: 'company',
  answer: z.object({ items: z.array(siteOf) }),
  async handle({ who, place, services }) {
    const { name: company, sites } = await companyAlone(services.store, place.company ?? '')
    const seen = sites.filter(({ name: site }) => judge(who, 'site.read', { company, site }) === 'may')
    return { body: { items: seen.map(shownSite) } }
  },
})

const readSite = route({
  id: 'readSite',
  method: 'get',
  path,
  summary: 'Read a site',
  tag: 'sites',
  action: 'site.read',
  of: 'site',
  answer: siteOf,
  async handle({ place, services }) {
    const site = siteIn(await companyAlone(services.store, place.company ?? ''), place.site)
    return { body: shownSite(site), etag: etagOf(shownSite(site)) }
  },
})

const createSite = route({
  id: 'createSite',
  method: 'post',
  path: '/companies/{company}/sites',
  summary: 'Add a site to a company',
  tag: 'sites',
  action: 'site.write',
  of: 'company',
  creates: true,
  query: dryRunQuery,
  body: siteFields,
  answer: z.object({ plan: planOf, site: siteOf.optional() }),
  async handle(call) {
    const { place, body, services } = call
    const company = place.company ?? ''
    const plan = async (reader: FleetReader) => {
      const { sites } = await companyAlone(reader, company)
      if (sites.some(({ name }) => name === body.name)) throw nameTaken('site', body.name)
      const entries = readEntries({ companies: [{ name: company, sites: [body] }] })
      return planEntries(reader, entries, services.catalogue, { prune: false })
    }
    const done = await carryOut(call, { plan, body: 'companies[0].sites[0]' }, isDryRun(call))
    if (isDryRun(call)) return { status: 200, body: { plan: shownPlan(done) } }
    const site = siteIn(await companyAlone(services.store, company), body.name)
    const location = `/api/v1/companies/${encodeURIComponent(company)}/sites/${encodeURIComponent(body.name)}`
    return { location, body: { plan: shownPlan(done), site: shownSite(site) } }
  },
})

export function nameTaken(what: string, name: string): ApiFailure {
  const wrong = `there is a ${what} "${name}" already`
  const right = 'give another name, or change the one that is there'
  return new ApiFailure(409, 'name-taken', wrong, right, {
    problems: [{ code: 'name-taken', severity: 'error', path: 'name', wrong, right }],
  })
}

const changeSite = route({
  id: 'changeSite',
  method: 'patch',
  path,
  summary: 'Change a site or its name. What is left out stays, null clears',
  tag: 'sites',
  action: 'site.write',
  of: 'site',
  guarded: true,
  query: dryRunQuery,
  body: siteFields.partial(),
  answer: z.object({ plan: planOf, site: siteOf }),
  async handle(call) {
    const { place, body, ifMatch, services } = call
    const name = body.name ?? place.site ?? ''
    let site: Site = { name, pickupGroups: [] }
    const plan = (reader: FleetReader) =>
      planEdit(
        reader,
        place.company ?? '',
        (company) => {
          const old = siteIn(company, place.site)
          refuseOtherState(ifMatch, shownSite(old), { ...shownSite(old), ...defined(body) })
          const address = chosen(body.address, old.address, 'kept')
          const timezone = chosen(body.timezone, old.timezone, 'kept')
          site = { name, ...defined({ address, timezone }), pickupGroups: old.pickupGroups }
          return withSite(company, old.name, site)
        },
        services.catalogue,
      )
    const body0 = `company ${place.company}, site ${name}`
    const done = await carryOut(call, { plan, body: body0 }, isDryRun(call))
    return { body: { plan: shownPlan(done), site: shownSite(site) }, etag: etagOf(shownSite(site)) }
  },
})

/** Lines go along with the name of their site. */
export function withSite(company: Company, name: string, site: Site): Company {
  return {
    ...company,
    sites: company.sites.map((each) => (each.name === name ? site : each)),
    lines: company.lines.map((line) => (line.site === name ? { ...line, site: site.name } : line)),
  }
}

const removeSite = route({
  id: 'removeSite',
  method: 'delete',
  path,
  summary: 'Remove a site that has no lines',
  tag: 'sites',
  action: 'site.write',
  of: 'site',
  guarded: 'if-sent',
  query: dryRunQuery,
  answer: z.object({ plan: planOf }),
  async handle(call) {
    const { place, ifMatch, services } = call
    const without = (company: Company): Company => {
      const site = siteIn(company, place.site)
      refuseOtherState(ifMatch, shownSite(site), {})
      return { ...company, sites: company.sites.filter((each) => each !== site) }
    }
    const plan = (reader: FleetReader) => planEdit(reader, place.company ?? '', without, services.catalogue)
    return { body: { plan: shownPlan(await carryOut(call, { plan }, isDryRun(call))) } }
  },
})

export function siteIn({ sites }: Pick<Company, 'sites'>, name: string | undefined): Site {
  const site = sites.find((each) => each.name === name)
  if (!site) throw nothingThere()
  return site
}

export const siteRoutes: readonly Route[] = [listSites, readSite, createSite, changeSite, removeSite]
