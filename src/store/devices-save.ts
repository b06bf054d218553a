import { sql } from 'kysely'
import type { DeviceImpact } from '../domain/fleet-diff.ts'
import type { Line } from '../domain/intent.ts'
import { openWindow } from '../domain/window.ts'
import { gather, inBatches } from './batches.ts'
import { accountColumns, type MakeAccount, noAccount, noWindow, windowColumns } from './devices-rows.ts'
import { insertRows } from './insert.ts'
import type { InCompany, Saving } from './saving.ts'
import type { Queries } from './tables.ts'
import type { DeviceRow } from './tables-devices.ts'
import { withRows } from './values.ts'

export interface DeviceChanges {
  readonly impacts: readonly DeviceImpact[]
  readonly lines: readonly InCompany<Line>[]
  readonly makeAccount: MakeAccount
  readonly at: number
}

/** Keeps what is known of the devices in step with the lines, once these are saved and before the change is recorded. */
export async function saveDevices(saving: Saving, changes: DeviceChanges): Promise<void> {
  const { db } = saving
  const macs = changes.impacts.map((impact) => impact.mac)
  const existing = new Map(
    (
      await gather(macs, (batch) => db.selectFrom('device').selectAll().where('mac', 'in', batch).execute())
    ).map((row) => [row.mac, row]),
  )
  const counts = await earlierChanges(
    db,
    macs.filter((mac) => !existing.has(mac)),
  )
  await inBatches(changes.impacts, async (batch) => {
    const rows = batch.map((impact) => {
      const old = existing.get(impact.mac) ?? newRow(impact.mac, counts.get(impact.mac) ?? 0)
      return nextRow(saving, old, impact, changes)
    })
    await insertRows(db, 'device', rows, 'overwrite')
  })
  await saveSites(db, changes)
  const linked = changes.impacts.flatMap(({ mac, link }) => (link === 'unlinked' ? [] : [mac]))
  await inBatches(linked, (batch) => db.deleteFrom('discovered').where('mac', 'in', batch).execute())
}

/** A device that was forgotten goes on counting where it stopped: some skip a file that is not newer than theirs. */
async function earlierChanges(db: Queries, macs: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await gather(macs, (batch) =>
    db
      .selectFrom('change_device')
      .select(['mac', (e) => e.fn.countAll<number>().as('count')])
      .where('mac', 'in', batch)
      .groupBy('mac')
      .execute(),
  )
  return new Map(rows.map((row) => [row.mac, row.count]))
}

const notDelivered = { delivered_revision: null, delivered_at: null }

function newRow(mac: string, generation: number): DeviceRow {
  return {
    mac,
    model: '',
    company: '',
    site: null,
    state: 'neutral',
    linked_at: null,
    ...noAccount,
    ...noWindow,
    generation,
    revision: null,
    revision_at: null,
    ...notDelivered,
    first_seen_at: null,
    last_seen_at: null,
    last_source: null,
    last_user_agent: null,
    last_version: null,
  }
}

function nextRow(
  { sealer }: Saving,
  old: DeviceRow,
  { mac, model, company, link }: DeviceImpact,
  { makeAccount, at }: DeviceChanges,
): DeviceRow {
  const changed = {
    ...old,
    model,
    company,
    generation: old.generation + 1,
    revision: null,
    revision_at: null,
  }
  if (link === 'unlinked') {
    // Whoever else asks must not use the window up: the device is awaited where it was last.
    const window = openWindow(at, old.last_source ?? undefined)
    return {
      ...changed,
      state: 'neutral',
      linked_at: null,
      site: null,
      ...noAccount,
      ...windowColumns(window),
      ...notDelivered,
    }
  }
  if (link === 'kept' && old.state === 'linked') return changed
  return {
    ...changed,
    state: 'linked',
    linked_at: at,
    ...accountColumns(mac, makeAccount(), sealer),
    ...windowColumns(openWindow(at)),
    ...notDelivered,
  }
}

/** A line may move to another site without a word of its device's files changing. */
async function saveSites(db: Queries, { impacts, lines }: DeviceChanges): Promise<void> {
  const touched = lines.flatMap(({ before, after }) => [before?.equipment?.mac, after?.equipment?.mac])
  const macs = [...impacts.map((impact) => impact.mac), ...touched].filter((mac) => mac !== undefined)
  await inBatches([...new Set(macs)], async (batch) => {
    const places = await db
      .selectFrom('equipment')
      .innerJoin('line', 'line.id', 'equipment.line_id')
      .innerJoin('site', 'site.id', 'line.site_id')
      .select(['equipment.mac', 'site.name'])
      .where('equipment.mac', 'in', batch)
      .orderBy('equipment.port', 'desc')
      .execute()
    // The last one of a device stays: that of its first port.
    const rows = [...new Map(places.map(({ mac, name }) => [mac, { mac, name }])).values()]
    if (rows.length === 0) return
    await sql`${withRows('place', { mac: 'text', name: 'text' }, rows)}
      update device set site = place.name from place
      where device.mac = place.mac and (device.site is null or device.site <> place.name)`.execute(db)
  })
}
