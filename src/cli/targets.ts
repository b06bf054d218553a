import { catalogue } from '../devices/catalogue.ts'
import type { Company } from '../domain/intent.ts'
import { parseMac } from '../domain/mac.ts'
import { nearest } from '../domain/nearest.ts'
import { findOneLine } from '../fleet/change-line.ts'
import type { DeviceCondition } from '../store/devices.ts'
import type { Store } from '../store/store.ts'
import { allPages } from './devices-listed.ts'
import { Refusal } from './failure.ts'
import { readCompanies } from './fleet-store.ts'
import { unknownDevice } from './story-device.ts'

/** Which devices a person means besides naming them one by one. */
export interface Narrowing {
  readonly company?: string | undefined
  readonly site?: string | undefined
  readonly model?: string | undefined
}

export const narrowing = {
  company: { type: 'string', value: 'NAME', about: 'only devices of this company' },
  site: { type: 'string', value: 'NAME', about: 'only devices of this site' },
  model: { type: 'string', value: 'MODEL', about: 'only devices of this model' },
} as const

export function isNarrowed({ company, site, model }: Narrowing): boolean {
  return company !== undefined || site !== undefined || model !== undefined
}

/** Devices by their addresses, or by lines that have one. */
export async function devicesNamed(
  store: Store,
  texts: readonly string[],
): Promise<readonly DeviceCondition[]> {
  const macs = await Promise.all(texts.map((text) => macMeant(store, text)))
  const devices = await store.devices.conditionsOf(macs)
  const missing = macs.find((mac) => !devices.some((device) => device.mac === mac))
  if (missing !== undefined) throw unknownDevice(missing)
  return devices
}

async function macMeant(store: Store, text: string): Promise<string> {
  const parsed = parseMac(text, '')
  if ('mac' in parsed) return parsed.mac
  const mac = (await findOneLine(store, text)).line.equipment?.mac
  if (mac !== undefined) return mac
  throw new Refusal('not-linked', `${text} has no device`, 'bootline lines shows what is linked')
}

/** Linked devices of a company, a site, a model, or what all of these have in common. */
export async function devicesWithin(
  store: Store,
  { company, site, model }: Narrowing,
): Promise<readonly DeviceCondition[]> {
  const companies = await readCompanies(store, company === undefined ? undefined : [company])
  if (site !== undefined) checkSite(companies, site)
  if (model !== undefined) checkModel(model)
  const all = await allPages(store.devices.conditions, company)
  return all
    .filter((device) => device.state === 'linked')
    .filter((device) => site === undefined || device.site === site)
    .filter((device) => model === undefined || device.model === model)
}

function checkSite(companies: readonly Company[], site: string): void {
  const names = companies.flatMap((company) => company.sites.map(({ name }) => name))
  if (names.includes(site)) return
  const meant = nearest(site, names)
  const remedy = meant === undefined ? 'bootline export shows which there are' : `did you mean "${meant}"?`
  throw new Refusal('site-unknown', `there is no site "${site}"`, remedy)
}

function checkModel(model: string): void {
  if (catalogue.find(model)) return
  const [meant] = catalogue.similar(model)
  const remedy = meant === undefined ? 'bootline models lists them' : `did you mean ${meant}?`
  throw new Refusal('model-unknown', `there is no model "${model}"`, remedy)
}
