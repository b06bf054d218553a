import { defaultReboot, type SipSettings, sipUser } from '../domain/intent.ts'
import { gather, groupBy } from './batches.ts'
import type { WakeTarget } from './reboots-target.ts'
import { given, settingsOfRow } from './rows.ts'
import { linePassword, type Sealer, wakeTarget } from './seal.ts'
import type { Queries } from './tables.ts'

/** A target without its credentials, and the line whose account they are: a password is opened when it is needed. */
export interface LiveTarget {
  readonly target: Omit<WakeTarget, 'credentials'>
  readonly first?: { readonly number: string; readonly user: string; readonly sealed: string | null }
}

/** How devices are reached by what they shall be, by a few queries whatever their number. */
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
      const target: LiveTarget['target'] = {
        mac,
        model,
        users: own.map(userOf),
        sip: settings.sip,
        reboot: settings.reboot ?? defaultReboot,
        ...given('quietHours', settings.quietHours),
        timezone: first?.timezone ?? settings.timezone,
        ...given('address', last_source),
      }
      const account = first && { number: first.number, user: userOf(first), sealed: first.sip_password }
      return [[mac, { target, ...given('first', account) }] as const]
    }),
  )
}

/** The same with what the first line registers with. */
export function withCredentials({ target, first }: LiveTarget, sealer: Sealer): WakeTarget {
  if (!first || first.sealed === null) return target
  const password = sealer.open(first.sealed, linePassword(first.number))
  return { ...target, credentials: { user: first.user, password } }
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

function userOf({ number, sip_user }: { number: string; sip_user: string | null }): string {
  return sipUser({ number, sip: given('user', sip_user) })
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
  const found = (await liveTargets(db, sealer, [mac])).get(mac)
  const live = found && withCredentials(found, sealer)
  const job = await db
    .selectFrom('reboot')
    .innerJoin('device', 'device.mac', 'reboot.mac')
    .select(['reboot.target', 'device.last_source'])
    .where('reboot.mac', '=', mac)
    .executeTakeFirst()
  if (!job?.target) return live
  const kept = JSON.parse(sealer.open(job.target, wakeTarget(mac))) as WakeTarget
  const today = live && sameServer(live.sip, kept.sip) ? { reboot: live.reboot } : {}
  return { ...kept, ...today, ...given('address', job.last_source) }
}

export function sameServer(a: SipSettings, b: SipSettings): boolean {
  return a.domain === b.domain && a.proxy === b.proxy && a.port === b.port && a.transport === b.transport
}
