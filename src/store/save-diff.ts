import type { DeviceImpact, FleetDiff } from '../domain/fleet-diff.ts'
import type { Line, Site } from '../domain/intent.ts'
import { findGeneration } from './claims.ts'
import { retireNames } from './company-names.ts'
import type { MakeAccount } from './devices-rows.ts'
import { saveDevices } from './devices-save.ts'
import { type Author, recordChange } from './history.ts'
import { enqueueAccountChanges } from './hooks-accounts.ts'
import { enqueueLineChanges } from './hooks-lines.ts'
import { beforeChange, queueReboots } from './reboots-save.ts'
import { removeCompanies, saveCompanies } from './save-companies.ts'
import { type PasswordOrigins, saveLines } from './save-lines.ts'
import { savePickupGroups } from './save-pickup-groups.ts'
import { removeSites, saveSites } from './save-sites.ts'
import type { InCompany, Saving } from './saving.ts'

export interface SaveOptions {
  /** One line for people: `apply fleet.yaml: 3 lines changed`. */
  readonly summary: string
  /** Who made the password that comes with this line's new state. */
  readonly passwordOrigin: PasswordOrigins
  /** Makes the account of a device that is linked. */
  readonly makeAccount: MakeAccount
  /** Steps done so far, of so many. */
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Makes the store hold what the diff says, inside the caller's transaction, and returns the number of the change;
 * nothing to change is no change.
 * What is left behind goes before what is new comes, so that lines may exchange devices and addresses.
 */
export async function saveDiff(
  { db, sealer, messages }: Pick<Saving, 'db' | 'sealer'> & { readonly messages: boolean },
  author: Author,
  diff: FleetDiff,
  impacts: readonly DeviceImpact[],
  options: SaveOptions,
): Promise<number> {
  if (diff.length === 0 && impacts.length === 0) return findGeneration(db)
  const sites = diff.flatMap(({ name, sites }) =>
    sites.map((c): InCompany<Site> => ({ ...c, company: name })),
  )
  const lines = diff.flatMap(({ name, lines }) =>
    lines.map((c): InCompany<Line> => ({ ...c, company: name })),
  )
  const saving = { db, sealer, tick: ticking(lines.length * 3, options.onProgress) }
  const before = await beforeChange(saving, impacts, author.at)
  const companyIds = await saveCompanies(saving, diff)
  const siteIds = await saveSites(db, sites, companyIds)
  const renewed = await saveLines(saving, lines, {
    companyIds,
    siteIds,
    passwordOrigin: options.passwordOrigin,
  })
  await savePickupGroups(db, sites, siteIds)
  await removeSites(db, sites, siteIds)
  await removeCompanies(db, diff, companyIds)
  await saveDevices(saving, { impacts, lines, makeAccount: options.makeAccount, at: author.at })
  if (messages) {
    await enqueueAccountChanges(db, diff, renewed, author.at)
    await enqueueLineChanges(db, diff, author.at)
  }
  await queueReboots(saving, before, impacts, author)
  const change = await recordChange(saving, author, { diff, impacts, renewed, summary: options.summary })
  await retireNames(db, diff, author.at)
  return change
}

function ticking(total: number, onProgress: SaveOptions['onProgress']): Saving['tick'] {
  let done = 0
  return (steps) => {
    done = Math.min(total, done + steps)
    onProgress?.(done, total)
  }
}
