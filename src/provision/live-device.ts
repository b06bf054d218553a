import type { Catalogue } from '../devices/catalogue.ts'
import type { Driver, ServerFacts, Templates } from '../devices/driver.ts'
import type { DeviceIntent } from '../domain/device-intent.ts'
import { deviceIntent, neutralIntent } from '../domain/devices.ts'
import { type CompanySettings, type DeviceAccess, defaultCodes, type Line } from '../domain/intent.ts'
import type { Model } from '../domain/model.ts'
import type { Window } from '../domain/window.ts'
import type { DeviceRecord, DeviceState } from '../store/devices.ts'
import { type Rendered, renderDevice } from './render.ts'

/** A device as the device plane needs it: what decides about access, and its files. */
export interface LiveDevice {
  readonly mac: string
  readonly model: Model
  readonly driver: Driver
  readonly company: string
  readonly state: 'linked' | 'neutral'
  readonly access: DeviceAccess
  readonly openNetworks?: readonly string[]
  /** What the device itself sent since then is given back to it; absent where nothing is. */
  readonly givesBackSince?: number
  readonly account?: { readonly user: string; readonly password: string }
  /** Moves when a device makes its first contact. */
  window: Window | undefined
  readonly rendered: Rendered
  /** When the present revision came to be. */
  readonly modifiedAt: number
}

/** What rendering needs besides the device itself. */
export interface Surroundings {
  readonly catalogue: Catalogue
  driverOf(model: Model): Driver
  templatesOf(driver: Driver): Templates
  readonly url: string
  /** The CA to be pushed, as it is now. */
  caPem(): string | undefined
  imageFor(model: Model): string | undefined
  /** Told how many seconds the files of a device took. */
  readonly rendered?: (seconds: number) => void
}

/**
 * `undefined` for a device whose model this version of the catalogue does not have. `former` is what it was until now:
 * a change that leaves its bytes as they were leaves their time as well.
 */
export function liveDevice(
  record: DeviceRecord,
  surroundings: Surroundings,
  now: number,
  former?: Pick<LiveDevice, 'rendered' | 'modifiedAt'>,
): LiveDevice | undefined {
  const { state } = record
  const intent = intentOf(record, surroundings.catalogue)
  if (!intent) return undefined
  const { model } = intent
  const driver = surroundings.driverOf(model)
  const began = performance.now()
  const rendered = renderDevice(
    driver,
    intent,
    serverFacts(record, model, surroundings),
    surroundings.templatesOf(driver),
    former?.rendered,
  )
  surroundings.rendered?.((performance.now() - began) / 1000)
  return {
    mac: state.mac,
    model,
    driver,
    company: state.company,
    state: state.state,
    ...accessOf(record),
    ...givingBack(record),
    ...(state.account ? { account: state.account } : {}),
    window: state.window,
    rendered,
    modifiedAt: modifiedAt(rendered, state, now, former),
  }
}

function modifiedAt(
  { revision }: Rendered,
  state: DeviceState,
  now: number,
  former: Pick<LiveDevice, 'rendered' | 'modifiedAt'> | undefined,
): number {
  if (former?.rendered.revision === revision) return former.modifiedAt
  if (state.revision === revision && state.revisionAt !== undefined) return state.revisionAt
  // HTTP counts whole seconds: two changes within one must not look like the same to a device that asks since when.
  return former ? Math.max(now, former.modifiedAt + 1000) : now
}

/** `undefined` for a device whose model this version of the catalogue does not have. */
export function intentOf(
  { state, company, site, lines, watched }: DeviceRecord,
  catalogue: Catalogue,
): DeviceIntent | undefined {
  const settings = company ?? withoutCompany
  const whole = { ...settings, sites: site ? [{ ...site, pickupGroups: [] }] : [], lines }
  if (state.state === 'linked') {
    const others = new Map<string, Line>()
    for (const line of watched) others.set(line.number, line)
    for (const line of lines) others.set(line.number, line)
    return deviceIntent(whole, state.mac, lines, catalogue, (number) => others.get(number))
  }
  const model = catalogue.find(state.model)
  return model && neutralIntent(whole, state.mac, model)
}

/** A neutral device of a company that is gone forgets its lines all the same. */
const withoutCompany: CompanySettings = {
  name: '',
  locale: 'fr',
  timezone: 'Europe/Paris',
  deviceAccess: 'first-contact',
  sip: { domain: 'invalid', transport: 'udp' },
  keyDuringCall: 'hold',
  userSettings: 'ignored',
  codes: defaultCodes,
}

/** A neutral device has no account to show: its window admits it, unless its company is open to all. */
function accessOf({ state, company }: DeviceRecord): Pick<LiveDevice, 'access' | 'openNetworks'> {
  const access = company?.deviceAccess ?? 'first-contact'
  if (state.state === 'neutral' && access !== 'open') return { access: 'first-contact' }
  return { access, ...(company?.openNetworks ? { openNetworks: company.openNetworks } : {}) }
}

/** What an earlier owner changed on a device is not the next one's. */
function givingBack({ state, company }: DeviceRecord): Pick<LiveDevice, 'givesBackSince'> {
  if (state.state !== 'linked' || company?.userSettings !== 'kept') return {}
  return { givesBackSince: state.linkedAt ?? 0 }
}

function serverFacts(
  { state }: DeviceRecord,
  model: Model,
  { url, caPem, imageFor }: Surroundings,
): ServerFacts {
  const firmware = imageFor(model)
  const ca = caPem()
  return {
    url,
    generation: state.generation,
    ...(state.account ? { account: state.account } : {}),
    ...(ca === undefined ? {} : { caPem: ca }),
    ...(firmware === undefined ? {} : { firmware }),
  }
}
