import { defaultReboot, type SipSettings, sipUser } from '../domain/intent.ts'
import { gather, groupBy } from './batches.ts'
import type { WakeTarget } from './reboots-target.ts'
import { given, settingsOfRow } from './rows.ts'
import { linePassword, type Sealer, wakeTarget } from './seal.ts'
import type { Queries } from './tables.ts'

/** A target, and whose password its credentials hold. */
export interface LiveTarget {
  readonly target: WakeTarget
  readonly firstLine?: string
}

/** How devices are reached by what they shall be, by a few queries whatever their number; lines and all from the intent. */
export async function liveTargets(
  db: Queries,
  sealer: Sealer,
  macs: readonly string[],
): Promise<ReadonlyMap<string, LiveTarget>> {
  const devices = await gather(macs, (batch) =>
    db
      .selectFrom('device')
      .select(['mac', 'model', 'company', 'last_source'])
      .where('mac', 'in', batch)
      .execute(),
  )
  const companies = await companySettings(db, sealer, [...new Set(devices.map((device) => device.company))])
  const lines = groupBy(await linesOn(db, macs), (line) => line.mac)
  return new Map(
    devices.flatMap(({ mac, model, company, last_source }) => {
      const settings = companies.get(company)
      if (!settings) return []
      const own = lines.get(mac) ?? []
      const [first] = own
      const password =
        first && first.sip_password !== null
          ? sealer.open(first.sip_password, linePassword(first.number))
          : undefined
      const users = own.map(userOf)
      const [user] = users
      const target: WakeTarget = {
        mac,
        model,
        users,
        sip: settings.sip,
        ...(user === undefined || password === undefined ? {} : { credentials: { user, password } }),
        reboot: settings.reboot ?? defaultReboot,
        ...given('quietHours', settings.quietHours),
        timezone: first?.timezone ?? settings.timezone,
        ...given('address', last_source),
      }
      return [[mac, { target, ...given('firstLine', first?.number) }] as const]
    }),
  )
}

type LineOnDevice = Awaited<ReturnType<typeof linesOn>>[number]

function userOf({ number, sip_user }: LineOnDevice): string {
  return sipUser({ number, ...(sip_user === null ? {} : { sip: { user: sip_user } }) })
}

/** Each device's lines in the order of its ports. */
function linesOn(db: Queries, macs: readonly string[]) {
  return gather(macs, (batch) =>
    db
      .selectFrom('equipment')
      .innerJoin('line', 'line.id', 'equipment.line_id')
      .innerJoin('site', 'site.id', 'line.site_id')
      .select(['equipment.mac', 'line.number', 'line.sip_user', 'line.sip_password', 'site.timezone'])
      .where('equipment.mac', 'in', batch)
      .orderBy('equipment.port')
      .execute(),
  )
}

async function companySettings(db: Queries, sealer: Sealer, names: readonly string[]) {
  const rows = await gather(names, (batch) =>
    db.selectFrom('company').selectAll().where('name', 'in', batch).execute(),
  )
  return new Map(rows.map((row) => [row.name, settingsOfRow(row, sealer)]))
}

/**
 * How a device is reached now: by what it still is, where its job says so. The company's way of telling is today's, as
 * long as the device is still to be found at the company's SIP server.
 */
export async function findTarget(db: Queries, sealer: Sealer, mac: string): Promise<WakeTarget | undefined> {
  const live = (await liveTargets(db, sealer, [mac])).get(mac)?.target
  const job = await db
    .selectFrom('reboot')
    .innerJoin('device', 'device.mac', 'reboot.mac')
    .select(['reboot.target', 'device.last_source'])
    .where('reboot.mac', '=', mac)
    .executeTakeFirst()
  if (!job?.target) return live
  const { address: _, ...kept } = JSON.parse(sealer.open(job.target, wakeTarget(mac))) as WakeTarget
  const today = live && sameServer(live.sip, kept.sip) ? { reboot: live.reboot } : {}
  return { ...kept, ...today, ...given('address', job.last_source) }
}

export function sameServer(a: SipSettings, b: SipSettings): boolean {
  return a.domain === b.domain && a.proxy === b.proxy && a.port === b.port && a.transport === b.transport
}
