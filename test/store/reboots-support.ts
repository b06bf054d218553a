import type { DeviceImpact } from '../../src/domain/fleet-diff.ts'
import type { Company, Line } from '../../src/domain/intent.ts'
import type { DeliveryRecord } from '../../src/store/devices.ts'
import type { Outcome, RebootEvent, RebootJob } from '../../src/store/reboots.ts'
import type { Store } from '../../src/store/store.ts'
import { company, impact, line, link, opened, save, temporaryFolder } from './support.ts'

export const mac = '805ec0000001'
export const other = '805ec0000002'
export const number = '+3310'

/** Noon in Paris, in winter. */
export const noon = Date.UTC(2026, 0, 10, 11)
/** When the quiet hours begin that day, for a company that says nothing of them. */
export const ten = Date.UTC(2026, 0, 10, 21)

export function onDevice(of: string, device: string, parts: Partial<Line> = {}): Line {
  return line(of, {
    sip: { password: `secret-${of}` },
    equipment: { model: 'yealink/t54w', mac: device, port: 1, expansion: [] },
    ...parts,
  })
}

export const fleet = company('A', { lines: [onDevice(number, mac), onDevice('+3320', other)] })

/** A clock that the test turns. */
export interface Clock {
  now: number
}

/** A store whose devices are linked, have come once, and have all they should have. */
export async function settled(
  companies: readonly Company[] = [fleet],
  clock: Clock = { now: noon - 1000 },
  folder?: string,
): Promise<Store> {
  const store = await opened({ folder: folder ?? (await temporaryFolder()), now: () => clock.now })
  await link(store, companies)
  const macs = companies.flatMap(({ lines }) => lines.flatMap(({ equipment }) => equipment?.mac ?? []))
  await rendered(store, 'r0', macs, clock.now)
  await came(store, 'r0', macs, clock.now)
  clock.now = noon
  return store
}

export function delivery(of: string, at: number, completes?: string): DeliveryRecord {
  return {
    at,
    mac: of,
    name: `${of}.cfg`,
    kind: 'device',
    transport: 'https',
    method: 'GET',
    status: 200,
    bytes: 1,
    complete: true,
    source: '192.0.2.7',
    ...(completes === undefined ? {} : { completes }),
  }
}

export function rendered(store: Store, revision: string, macs = [mac], at = noon): Promise<void> {
  return store.devices.saveRevisions(macs.map((each) => ({ mac: each, revision, at })))
}

/** The device has fetched all files of a revision; without one, only some. */
export function came(store: Store, revision: string | undefined, macs = [mac], at = noon): Promise<void> {
  return store.devices.recordDeliveries(macs.map((each) => delivery(each, at, revision)))
}

/** A change that concerns the device and leaves its lines as they are. */
export function changed(store: Store, parts: Partial<DeviceImpact> = {}): Promise<number> {
  return save(store, [], [], [impact(mac, 'kept', { reasons: ['keys changed'], restart: false, ...parts })])
}

export async function job(store: Store, of = mac): Promise<RebootJob | undefined> {
  const [found] = await store.reboots.jobs({ mac: of, limit: 1 })
  return found
}

export const heard: Outcome = {
  state: 'told',
  told: true,
  dueAt: noon + 120_000,
  attempts: 1,
  result: 'heard',
  detail: '200 OK',
  at: noon,
}

/** Takes the one job that is due in hand, and says what became of it. */
export async function tell(store: Store, at: number, outcome: Partial<Outcome> = {}): Promise<RebootJob> {
  const [due] = await store.reboots.due(at, 1, 1)
  if (!due) throw new Error('nothing is due')
  if (!(await store.reboots.claim(due.id, 'node', at + 45_000, at))) throw new Error('somebody has it')
  await store.reboots.settle(due.id, 'node', { ...heard, at, dueAt: at + 120_000, ...outcome })
  return due
}

/** What happened, the oldest first. */
export async function story(store: Store, of = mac): Promise<readonly RebootEvent['what'][]> {
  return (await store.reboots.eventsOf(of, 100)).map(({ what }) => what).toReversed()
}
