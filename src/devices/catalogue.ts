import type { Maker, Model, ModelLookup } from '../domain/model.ts'
import { checkVendors, firmwarePattern } from './catalogue-check.ts'
import type { Vendor } from './driver.ts'
import { similarIds } from './similar.ts'
import { drivers } from './vendors.ts'

/** Every model of every vendor, and the ways to recognise one. */
export interface Catalogue extends ModelLookup {
  /** As the vendors declare them. */
  readonly models: readonly Model[]
  /** By the name inside a user agent, or one of its aliases, in any case. */
  byUserAgent(name: string): Model | undefined
  /** By the code in the name of a shared file; variants of one phone have it in common. */
  byHardwareCode(code: string): readonly Model[]
  /** The models an image is for; vendors build some images for a whole family. */
  byFirmware(fileName: string): readonly Model[]
}

/** Puts the vendors' models in one catalogue; fails when the data contradicts itself. */
export function buildCatalogue(vendors: readonly Vendor[]): Catalogue {
  checkVendors(vendors)
  const models = vendors.flatMap((vendor) => vendor.models)
  const byId = new Map(models.map((model) => [model.id, model]))
  const byName = new Map(models.flatMap((model) => names(model).map((name) => [name, model] as const)))
  const images = models.flatMap((model) =>
    model.firmware ? [{ model, pattern: firmwarePattern(model.firmware, model.id) }] : [],
  )
  const prefixes = vendors.flatMap(
    (vendor) => Object.entries(vendor.prefixes) as [Maker, readonly string[]][],
  )
  const makers: ReadonlySet<string> = new Set(prefixes.map(([maker]) => maker))
  /** By a maker or a model. */
  const vendorOf = (scope: string): Vendor | undefined =>
    vendors.find(({ models }) => models.some((model) => model.maker === scope || model.id === scope))
  return {
    models,
    find: (id) => byId.get(id),
    similar: (id) => similarIds(id, [...byId.keys()]),
    isMaker: (name) => makers.has(name),
    makersOf: (mac) =>
      prefixes.filter(([, known]) => known.includes(mac.slice(0, 6))).map(([maker]) => maker),
    parametersOf: (scope) => vendorOf(scope)?.dictionary,
    unfitPassword: (model, password) => vendorOf(model.id)?.unfitPassword?.(password),
    byUserAgent: (name) => byName.get(name.toLowerCase()),
    byHardwareCode: (code) => models.filter((model) => model.hardwareCode === code),
    byFirmware: (fileName) =>
      images.filter(({ pattern }) => pattern.test(fileName)).map(({ model }) => model),
  }
}

function names(model: Model): readonly string[] {
  const written = [...(model.userAgent ? [model.userAgent] : []), ...(model.userAgentAliases ?? [])]
  return written.map((name) => name.toLowerCase())
}

export const catalogue: Catalogue = buildCatalogue(drivers)
