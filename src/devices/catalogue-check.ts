import type { Model } from '../domain/model.ts'
import type { Vendor } from './driver.ts'

/** A fact that tells models apart, as a file name or a user agent would bring it. */
interface Distinction {
  readonly what: string
  readonly of: (model: Model) => readonly (string | undefined)[]
  readonly shared?: NonNullable<Model['shares']>[number]
}

const distinctions: readonly Distinction[] = [
  { what: 'id', of: (model) => [model.id] },
  {
    what: 'user agent name',
    of: (model) => [model.userAgent, ...(model.userAgentAliases ?? [])].map((name) => name?.toLowerCase()),
  },
  { what: 'firmware pattern', of: (model) => [model.firmware], shared: 'firmware' },
  { what: 'hardware code', of: (model) => [model.hardwareCode], shared: 'hardwareCode' },
  { what: 'part number', of: (model) => [model.partNumber] },
]

/** Fails on the first mistake in the data, so that a wrong line of the catalogue never reaches a device. */
export function checkVendors(vendors: readonly Vendor[]): void {
  const models = vendors.flatMap((vendor) => vendor.models)
  for (const distinction of distinctions) checkDistinct(models, distinction)
  for (const model of models) checkModel(model)
  for (const vendor of vendors) checkPrefixes(vendor)
}

function checkDistinct(models: readonly Model[], { what, of, shared }: Distinction): void {
  const owners = new Map<string, Model>()
  for (const model of models) {
    for (const value of of(model)) {
      if (value === undefined) continue
      const owner = owners.get(value)
      if (owner && !(shared && owner.shares?.includes(shared) && model.shares?.includes(shared))) {
        throw new Error(`${owner.id} and ${model.id} have the same ${what}: ${value}`)
      }
      owners.set(value, model)
    }
  }
}

function checkModel(model: Model): void {
  if (model.firmware !== undefined) firmwarePattern(model.firmware, model.id)
  if (model.keysPerPage !== undefined && (model.keys ?? 0) < model.keysPerPage) {
    throw new Error(
      `${model.id} has fewer keys (${model.keys ?? 0}) than one page shows (${model.keysPerPage})`,
    )
  }
  for (const [name, { keys, max }] of Object.entries(model.expansions ?? {})) {
    if (keys < 1 || max < 1)
      throw new Error(`${model.id} takes ${max} × ${name} of ${keys} keys, which is none`)
  }
}

/** A firmware pattern, made to match the whole file name in any case. */
export function firmwarePattern(source: string, id: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`, 'i')
  } catch (error) {
    throw new Error(`${id} has a firmware pattern that is no regular expression: ${source}`, { cause: error })
  }
}

function checkPrefixes(vendor: Vendor): void {
  for (const [maker, prefixes] of Object.entries(vendor.prefixes)) {
    for (const [i, prefix] of prefixes.entries()) {
      if (!/^[0-9a-f][048c][0-9a-f]{4}$/.test(prefix)) {
        throw new Error(
          `${prefix} of ${maker} is not a maker's prefix: six lower-case hex digits, universal, unicast`,
        )
      }
      if (prefixes.indexOf(prefix) !== i) throw new Error(`${maker} has the prefix ${prefix} twice`)
    }
  }
}
