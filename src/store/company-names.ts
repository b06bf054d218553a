import type { FleetDiff } from '../domain/fleet-diff.ts'
import type { Queries } from './tables.ts'

/** What goes by a company's name and not by its id, because it outlives what it is about. */
const byName = ['device', 'device_taken', 'reboot', 'audit', 'change_device'] as const

/** From now on all of it goes by another name. */
export async function passOn(db: Queries, from: string, to: string): Promise<void> {
  for (const table of byName) {
    await db.updateTable(table).set({ company: to }).where('company', '=', from).execute()
  }
}

/**
 * A company that is gone leaves its history and its devices under a name that says so: whoever manages a company of the
 * same name later is not to read what this one did.
 */
export async function retireNames(db: Queries, diff: FleetDiff, at: number): Promise<void> {
  const day = new Date(at).toISOString().slice(0, 10)
  for (const { name, settings } of diff) {
    if (settings && !settings.after) await passOn(db, name, `${name} (removed ${day})`)
  }
}
