import type { DeviceImpact, FleetDiff, RecordChange } from '../domain/fleet-diff.ts'
import type { CompanySettings, Line } from '../domain/intent.ts'
import { inBatches } from './batches.ts'
import { takeIds } from './counters.ts'
import { insertRows } from './insert.ts'
import { companyRow, settingsOfRow } from './rows.ts'
import type { Saving } from './save-diff.ts'
import type { Action, AuditRow, ChangeDeviceRow, Queries, Subject } from './tables.ts'

/** Who changes something, by which way (`cli`, `api`, `portal`), and when. */
export interface Author {
  readonly name: string
  readonly source: string
  readonly at: number
}

export interface Change {
  readonly diff: FleetDiff
  readonly impacts: readonly DeviceImpact[]
  /** Numbers whose password is another one now. */
  readonly renewed: ReadonlySet<string>
  readonly summary: string
}

/** Writes down what has changed for whom: the change, the devices it concerns, every record before and after. */
export async function recordChange(saving: Saving, author: Author, change: Change): Promise<number> {
  const { db } = saving
  const id = await takeIds(db, 'change', 1)
  await db
    .insertInto('change')
    .values({ id, at: author.at, who: author.name, summary: change.summary })
    .execute()
  await insertRows(
    db,
    'change_device',
    change.impacts.map((impact) => deviceRow(id, impact)),
  )
  await keepUnlinked(db, change.impacts, author.at)
  const entries = change.diff.flatMap((company) => entriesOf(company, change.renewed))
  const first = await takeIds(db, 'audit', entries.length)
  const rows = entries.map((entry, i) => ({
    id: first + i,
    change_id: id,
    at: author.at,
    who: author.name,
    source: author.source,
    ...entry,
  }))
  await inBatches(rows, async (batch) => {
    await insertRows(db, 'audit', batch)
    saving.tick(batch.length)
  })
  return id
}

function deviceRow(changeId: number, impact: DeviceImpact): ChangeDeviceRow {
  const { mac, model, company, urgency, link } = impact
  return { change_id: changeId, mac, model, company, urgency, reasons: JSON.stringify(impact.reasons), link }
}

/** A device without a line must be given a neutral configuration until it has one again. */
async function keepUnlinked(db: Queries, impacts: readonly DeviceImpact[], at: number): Promise<void> {
  const macs = impacts.map((impact) => impact.mac)
  await inBatches(macs, (batch) => db.deleteFrom('unlinked_device').where('mac', 'in', batch).execute())
  const unlinked = impacts
    .filter((impact) => impact.link === 'unlinked')
    .map(({ mac, model, company }) => ({ mac, model, company, at }))
  await insertRows(db, 'unlinked_device', unlinked)
}

type Entry = Pick<AuditRow, 'what' | 'company' | 'subject' | 'action' | 'before' | 'after'>

function entriesOf(change: FleetDiff[number], renewed: ReadonlySet<string>): readonly Entry[] {
  const company = change.name
  const entry = (what: Subject, subject: string, { before, after }: RecordChange<unknown>): Entry => ({
    what,
    company,
    subject,
    action: actionOf({ before, after }),
    before: before === undefined ? null : JSON.stringify(before),
    after: after === undefined ? null : JSON.stringify(after),
  })
  return [
    ...(change.settings ? [entry('company', company, settingsOnly(change.settings))] : []),
    ...change.sites.map((site) => entry('site', (site.after ?? site.before)?.name ?? '', site)),
    ...change.lines.map(({ before, after }) =>
      entry('line', (after ?? before)?.number ?? '', {
        before: before && withoutPassword(before),
        after: after && withoutPassword(after, markOf(after, before, renewed)),
      }),
    ),
  ]
}

/** Whatever else came with the settings stays out: a company's lines have secrets. */
function settingsOnly({ before, after }: RecordChange<CompanySettings>): RecordChange<unknown> {
  const only = (settings: CompanySettings): CompanySettings => settingsOfRow(companyRow(0, settings))
  return { ...(before ? { before: only(before) } : {}), ...(after ? { after: only(after) } : {}) }
}

function actionOf({ before, after }: RecordChange<unknown>): Action {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}

/** In place of the password: only whether it is another one. */
function markOf(after: Line, before: Line | undefined, renewed: ReadonlySet<string>): string | undefined {
  if (renewed.has(after.number)) return 'changed'
  return before ? 'unchanged' : undefined
}

function withoutPassword(line: Line, mark?: string): Line {
  const { sip, ...rest } = line
  const user = sip?.user === undefined ? {} : { user: sip.user }
  const password = mark === undefined ? {} : { password: mark }
  const shown = { ...user, ...password }
  return Object.keys(shown).length > 0 ? { ...rest, sip: shown } : rest
}
