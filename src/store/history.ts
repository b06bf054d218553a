import type { DeviceImpact, FleetDiff, RecordChange } from '../domain/fleet-diff.ts'
import type { CompanySettings, Line, RebootSettings } from '../domain/intent.ts'
import { inBatches } from './batches.ts'
import { takeIds } from './counters.ts'
import { insertRows } from './insert.ts'
import { companyRow, settingsOfRow } from './rows.ts'
import type { Saving } from './saving.ts'
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
  const id = await beginChange(saving.db, author, change.summary, change.impacts)
  const entries = change.diff.flatMap((company) => entriesOf(company, change.renewed))
  await writeAudit(saving, id, author, entries)
  return id
}

/** Of an impact, what the history keeps. */
type Recorded = Omit<DeviceImpact, 'restart'>

export async function beginChange(
  db: Queries,
  author: Author,
  summary: string,
  impacts: readonly Recorded[],
): Promise<number> {
  const id = await takeIds(db, 'change', 1)
  await db.insertInto('change').values({ id, at: author.at, who: author.name, summary }).execute()
  await insertRows(
    db,
    'change_device',
    impacts.map((impact) => deviceRow(id, impact)),
  )
  return id
}

/** What happened to one record, as the audit keeps it. */
export type Entry = Pick<AuditRow, 'what' | 'company' | 'subject' | 'action' | 'before' | 'after'>

export async function writeAudit(
  { db, tick }: Pick<Saving, 'db' | 'tick'>,
  changeId: number,
  author: Author,
  entries: readonly Entry[],
): Promise<void> {
  const first = await takeIds(db, 'audit', entries.length)
  const rows = entries.map((entry, i) => ({
    id: first + i,
    change_id: changeId,
    at: author.at,
    who: author.name,
    source: author.source,
    ...entry,
  }))
  await inBatches(rows, async (batch) => {
    await insertRows(db, 'audit', batch)
    tick(batch.length)
  })
}

function deviceRow(changeId: number, impact: Recorded): ChangeDeviceRow {
  const { mac, model, company, urgency, link } = impact
  return { change_id: changeId, mac, model, company, urgency, reasons: JSON.stringify(impact.reasons), link }
}

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

/** Whatever else came with the settings stays out: a company's lines have secrets, and so may the settings. */
function settingsOnly({ before, after }: RecordChange<CompanySettings>): RecordChange<unknown> {
  const only = (settings: CompanySettings): CompanySettings => settingsOfRow(companyRow(0, settings, null))
  return {
    ...(before ? { before: only(before) } : {}),
    ...(after ? { after: withMark(only(after), before?.reboot, after.reboot) } : {}),
  }
}

/** In place of the password: only whether it is another one. */
function withMark(
  settings: CompanySettings,
  before: RebootSettings | undefined,
  after: RebootSettings | undefined,
): CompanySettings {
  if (!settings.reboot || after?.password === undefined) return settings
  const mark = after.password === before?.password ? 'unchanged' : 'changed'
  return { ...settings, reboot: { ...settings.reboot, password: mark } }
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
