import { type Alarm, alarms } from '../domain/alarms.ts'
import type { Extent } from '../domain/extent.ts'
import type { DeviceAccess } from '../domain/intent.ts'
import { type Standing, standing } from '../domain/standing.ts'
import { gather } from './batches.ts'
import { conditionOfRow, conditions, type DeviceCondition, mayHave } from './devices-conditions.ts'
import { deviceSays, type LineOnDevice, linesOnDevices } from './devices-lines.ts'
import { liesWithin } from './extent.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'

export interface FindDevices {
  readonly within: Extent
  readonly company?: string
  readonly site?: string
  readonly model?: string
  readonly standing?: Standing
  /** One alarm, or `any`. */
  readonly alarm?: Alarm | 'any'
  /** Part of a name, a number or an address of its lines, or of its MAC, in any writing. */
  readonly text?: string
  /** The last MAC of the page before. */
  readonly after?: string
  readonly limit: number
  readonly now: number
}

/** A device as lists show it, and what its standing is judged to be. */
export interface FoundDevice {
  readonly device: DeviceCondition
  readonly lines: readonly LineOnDevice[]
  readonly access?: DeviceAccess
  readonly standing: Standing
  readonly alarms: readonly Alarm[]
}

/** Read in one go: the database leaves out most of what does not fit, and the rules of the domain the rest. */
const pageSize = 500

/** In the order of their addresses. */
export async function findDevices(db: Queries, query: FindDevices): Promise<readonly FoundDevice[]> {
  const found: FoundDevice[] = []
  const access = await accesses(db)
  let after = query.after ?? ''
  while (found.length < query.limit) {
    const page = await conditionsAfter(db, query, after)
    for (const device of page) {
      const one = judged(device, access.get(device.company), query.now)
      if (fits(one, query)) found.push(one)
    }
    const last = page.at(-1)?.mac
    if (page.length < pageSize || last === undefined) break
    after = last
  }
  return withLines(db, found.slice(0, query.limit))
}

/** These, whoever's they are, as lists show them. */
export async function devicesNamed(
  db: Queries,
  macs: readonly string[],
  now: number,
): Promise<readonly FoundDevice[]> {
  const access = await accesses(db)
  const rows = await gather([...new Set(macs)].sort(), (batch) =>
    conditions(db).where('device.mac', 'in', batch).orderBy('device.mac').execute(),
  )
  const found = rows.map((row) => judged(conditionOfRow(row), access.get(row.company), now))
  return withLines(db, found)
}

async function conditionsAfter(
  db: Queries,
  { within, company, site, model, standing, alarm, text, now }: FindDevices,
  after: string,
): Promise<readonly DeviceCondition[]> {
  let page = conditions(db)
    .where('device.mac', '>', after)
    .where(liesWithin('device', within))
    .orderBy('device.mac')
    .limit(pageSize)
  if (company !== undefined) page = page.where('device.company', '=', company)
  if (site !== undefined) page = page.where('device.site', '=', site)
  if (model !== undefined) page = page.where('device.model', '=', model)
  if (standing !== undefined) page = page.where((e) => mayHave(e, standing, now))
  if (alarm !== undefined) page = page.where((e) => mayHave(e, 'alarm', now))
  if (text !== undefined) page = page.where(deviceSays(text))
  return (await page.execute()).map(conditionOfRow)
}

function judged(device: DeviceCondition, access: DeviceAccess | undefined, now: number): FoundDevice {
  const alarmed = alarms(device, now)
  return {
    device,
    lines: [],
    ...given('access', access),
    standing: standing(device, access, now),
    alarms: alarmed,
  }
}

function fits(one: FoundDevice, { standing, alarm }: FindDevices): boolean {
  if (standing !== undefined && one.standing !== standing) return false
  if (alarm === undefined) return true
  return alarm === 'any' ? one.alarms.length > 0 : one.alarms.includes(alarm)
}

async function accesses(db: Queries): Promise<ReadonlyMap<string, DeviceAccess>> {
  const rows = await db.selectFrom('company').select(['name', 'device_access']).execute()
  return new Map(rows.map(({ name, device_access }) => [name, device_access]))
}

async function withLines(db: Queries, found: readonly FoundDevice[]): Promise<readonly FoundDevice[]> {
  const lines = await linesOnDevices(
    db,
    found.map(({ device }) => device.mac),
  )
  return found.map((one) => ({ ...one, lines: lines.get(one.device.mac) ?? [] }))
}
