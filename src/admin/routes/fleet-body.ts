import { z } from 'zod'
import { fault, type Problem } from '../../domain/problem.ts'
import type { FleetEntries } from '../../fleet/entries.ts'
import { FleetFailure } from '../../fleet/failure.ts'
import { maxFileBytes, parseFleetText } from '../../fleet/parse.ts'
import { fleetSchema } from '../../fleet/schema.ts'
import { readBody, readJson } from '../http/body.ts'
import type { Principal } from '../principal.ts'
import type { BodyReader } from '../route.ts'

export const fleetBodyLimit = maxFileBytes

/** What people write a fleet file as, besides JSON. */
export const fleetBodyTypes = ['application/yaml']

/** A fleet file is read part by part, so that one fault hides no other; its schema is for those who write one. */
export const fleetBody = z.unknown().meta({
  ...z.toJSONSchema(fleetSchema, { io: 'input' }),
  description: 'A fleet file',
})

/** As JSON, or as people write it. */
export const readFleetBody: BodyReader = async (request, limit) => {
  if (!/^application\/(x-)?yaml\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    return readJson(request, limit)
  }
  return parseFleetText(await readBody(request, limit))
}

/** What a file names of companies that are not the caller's does not exist for him, whether it does or not. */
export function refuseUnseen({ companies }: FleetEntries, who: Principal): void {
  const own = who.companies
  if (own === 'all') return
  const problems = companies.flatMap(({ entry, path }): Problem[] => {
    if (own.includes(entry.name)) return []
    const wrong = `there is no company "${entry.name.slice(0, 80)}"`
    return [fault('company-unknown', `${path}.name`, wrong, 'name a company of yours')]
  })
  if (problems.length === 0) return
  throw new FleetFailure('fleet-refused', 'nothing was changed', 'correct what is named', problems)
}

/** What only those may decide who see to the whole server. */
const configured = [
  'sip',
  'deviceAccess',
  'openNetworks',
  'userSettings',
  'codes',
  'reboot',
  'numberBlocks',
] as const

export function refuseConfigured(
  { companies }: FleetEntries,
  changed: (company: string, field: string) => boolean,
): void {
  const problems = companies.flatMap(({ entry, path }) =>
    configured
      .filter((field) => entry[field] !== undefined && changed(entry.name, field))
      .map((field) =>
        fault('not-allowed', `${path}.${field}`, 'this is not for you to change', 'leave it as it is'),
      ),
  )
  if (problems.length === 0) return
  throw new FleetFailure('fleet-refused', 'nothing was changed', 'correct what is named', problems)
}
