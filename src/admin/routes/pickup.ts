import { z } from 'zod'
import type { Company, PickupGroup } from '../../domain/intent.ts'
import { parseNumber } from '../../domain/phone-number.ts'
import type { Problem } from '../../domain/problem.ts'
import { planEdit } from '../../fleet/edit.ts'
import { refuseFaults } from '../../fleet/failure.ts'
import type { FleetReader } from '../../store/store.ts'
import { nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { etagOf, refuseOtherState } from './fleet-etag.ts'
import { planOf, shownPlan } from './fleet-plan.ts'
import { nameTaken, siteIn, withSite } from './sites.ts'

const groupOf = z.object({ name: z.string(), site: z.string(), members: z.array(z.string()) })
const path = '/companies/{company}/sites/{site}/pickup-groups'
const fields = z.strictObject({
  name: z.string(),
  members: z.array(z.string()).describe('Numbers of fixed lines of the site, each in one group at most'),
})

const listGroups = route({
  id: 'listPickupGroups',
  method: 'get',
  path: '/companies/{company}/pickup-groups',
  summary: 'List the pickup groups of a company',
  tag: 'pickup groups',
  action: 'pickup.read',
  of: 'company',
  answer: z.object({ items: z.array(groupOf) }),
  async handle({ place, services }) {
    const groups = await services.store.findPickupGroups(place.company ?? '')
    const items = groups.map(({ site, group: { name, members } }) => ({ name, site, members: [...members] }))
    return { body: { items } }
  },
})

const readGroup = route({
  id: 'readPickupGroup',
  method: 'get',
  path: `${path}/{group}`,
  summary: 'Read a pickup group',
  tag: 'pickup groups',
  action: 'pickup.read',
  of: 'site',
  params: z.object({ company: z.string(), site: z.string(), group: z.string() }),
  answer: groupOf,
  async handle({ place, params, services }) {
    const groups = await services.store.findPickupGroups(place.company ?? '')
    const found = groups.find(({ site, group }) => site === place.site && group.name === params.group)
    if (!found) throw nothingThere()
    const { name, members } = found.group
    return { body: { name, site: place.site, members }, etag: etagOf({ name, members }) }
  },
})

const readGroupOfLine = route({
  id: 'readPickupGroupOfLine',
  method: 'get',
  path: '/lines/{line}/pickup-group',
  summary: 'Read which pickup group a line is in, if any, and who else is',
  tag: 'pickup groups',
  action: 'pickup.read',
  of: 'line',
  answer: z.object({ line: z.string(), group: groupOf.omit({ site: true }).optional() }),
  async handle({ place, services }) {
    const line = place.line ?? ''
    const group = await services.store.findPickupGroup(line)
    return { body: { line, ...(group ? { group } : {}) } }
  },
})

const createGroup = route({
  id: 'createPickupGroup',
  method: 'post',
  path,
  summary: 'Make a pickup group; a line that is in another one is said so',
  tag: 'pickup groups',
  action: 'pickup.write',
  of: 'site',
  creates: true,
  query: dryRunQuery,
  body: fields.partial({ members: true }),
  answer: z.object({ plan: planOf, group: groupOf }),
  async handle(call) {
    const { place, body } = call
    const group = { name: body.name, members: normalised(body.members ?? []) }
    const change = groupsChange(call, place, group, (groups) => {
      if (groups.some(({ name }) => name === group.name)) throw nameTaken('pickup group', group.name)
      return [...groups, group]
    })
    const plan = shownPlan(await carryOut(call, change, isDryRun(call)))
    const answered = { plan, group: { ...group, site: place.site } }
    if (isDryRun(call)) return { status: 200, body: answered }
    const at = [place.company ?? '', 'sites', place.site ?? '', 'pickup-groups', group.name]
    return { location: `/api/v1/companies/${at.map(encodeURIComponent).join('/')}`, body: answered }
  },
})

const changeGroup = route({
  id: 'changePickupGroup',
  method: 'patch',
  path: `${path}/{group}`,
  summary: 'Change the name or the members of a pickup group',
  tag: 'pickup groups',
  action: 'pickup.write',
  of: 'site',
  guarded: true,
  params: z.object({ company: z.string(), site: z.string(), group: z.string() }),
  query: dryRunQuery,
  body: fields.partial(),
  answer: z.object({ plan: planOf, group: groupOf }),
  async handle(call) {
    const { place, params, body, ifMatch } = call
    const members = body.members && normalised(body.members)
    let group: PickupGroup = { name: body.name ?? params.group, members: members ?? [] }
    const change = groupsChange(call, place, group, (groups) => {
      const old = groups.find(({ name }) => name === params.group)
      if (!old) throw nothingThere()
      const { name, members: were } = old
      group = { name: body.name ?? name, members: members ?? were }
      refuseOtherState(ifMatch, { name, members: were }, group)
      return groups.map((each) => (each === old ? group : each))
    })
    const plan = shownPlan(await carryOut(call, change, isDryRun(call)))
    return { body: { plan, group: { ...group, site: place.site } }, etag: etagOf(group) }
  },
})

const removeGroup = route({
  id: 'removePickupGroup',
  method: 'delete',
  path: `${path}/{group}`,
  summary: 'Remove a pickup group; its lines stay',
  tag: 'pickup groups',
  action: 'pickup.write',
  of: 'site',
  guarded: 'if-sent',
  params: z.object({ company: z.string(), site: z.string(), group: z.string() }),
  query: dryRunQuery,
  answer: z.object({ plan: planOf }),
  async handle(call) {
    const { place, params, ifMatch } = call
    const change = groupsChange(call, place, { name: params.group, members: [] }, (groups) => {
      const group = groups.find(({ name }) => name === params.group)
      if (!group) throw nothingThere()
      refuseOtherState(ifMatch, { name: group.name, members: group.members }, {})
      return groups.filter((each) => each !== group)
    })
    return { body: { plan: shownPlan(await carryOut(call, change, isDryRun(call))) } }
  },
})

type Change = (groups: readonly PickupGroup[]) => readonly PickupGroup[]
type GroupCall = Pick<Parameters<typeof createGroup.handle>[0], 'services' | 'place'>

/** A change of the groups of one site; the faults of the group that is sent stand in the body. */
function groupsChange(
  { services }: GroupCall,
  place: GroupCall['place'],
  { name, members }: PickupGroup,
  change: Change,
) {
  const company = place.company ?? ''
  const around = { numbers: [], macs: [], watched: members, groupsOf: [place.site ?? ''] }
  const edit = (whole: Company): Company => {
    const site = siteIn(whole, place.site)
    return withSite(whole, site.name, { ...site, pickupGroups: change(site.pickupGroups) })
  }
  return {
    body: `company ${company}, pickup group ${name}`,
    plan: (reader: FleetReader) => planEdit(reader, company, edit, services.catalogue, around),
  }
}

function normalised(members: readonly string[]): string[] {
  const faults: Problem[] = []
  const numbers = members.map((text, i) => {
    const parsed = parseNumber(text, `members[${i}]`)
    if ('number' in parsed) return parsed.number
    faults.push(parsed.problem)
    return text
  })
  refuseFaults(faults)
  return numbers
}

export const pickupRoutes: readonly Route[] = [
  listGroups,
  readGroup,
  readGroupOfLine,
  createGroup,
  changeGroup,
  removeGroup,
]
