import { sameRecord } from '../domain/diff.ts'
import { type Line, noKeys } from '../domain/intent.ts'
import { gather, inBatches } from './batches.ts'
import { takeIds } from './counters.ts'
import { conflict } from './errors.ts'
import { insertRows } from './insert.ts'
import { idsOfNumbers } from './line-ids.ts'
import { equipmentRow, keyRows, type LinePlace, lineRow } from './rows.ts'
import { type CompanyIds, known } from './save-companies.ts'
import { type SiteIds, siteKey } from './save-sites.ts'
import type { InCompany, Saving } from './saving.ts'
import { linePassword } from './seal.ts'
import type { LineRow, PasswordOrigin, Queries } from './tables.ts'

export type PasswordOrigins = (number: string) => PasswordOrigin

export interface LineContext {
  readonly companyIds: CompanyIds
  readonly siteIds: SiteIds
  readonly passwordOrigin: PasswordOrigins
}

/** Saves the lines with their equipment and keys; returns the numbers whose password is another one now. */
export async function saveLines(
  saving: Saving,
  all: readonly InCompany<Line>[],
  context: LineContext,
): Promise<ReadonlySet<string>> {
  const { db } = saving
  const changes = withMoves(all)
  const existing = await existingLines(db, changes, context.companyIds)
  const kept = changes.flatMap(({ company, after }) => (after ? [{ company, line: after }] : []))
  await removeOld(db, changes, existing)

  const added = kept.filter(({ line }) => !existing.has(line.number))
  const first = await takeIds(db, 'line', added.length)
  const newIds = new Map(added.map(({ line }, i) => [line.number, first + i]))
  const renewed = new Set<string>()
  const place = (company: string, line: Line): LinePlace => {
    const row = existing.get(line.number)
    const password = line.sip?.password
    const sealed =
      password === undefined ? (row?.sip_password ?? null) : seal(saving, line.number, password, row)
    return {
      id: row?.id ?? known(newIds, line.number),
      company_id: known(context.companyIds, company),
      site_id: known(context.siteIds, siteKey(company, line.site)),
      sip_password: sealed,
      password_origin:
        password === undefined || sealed === row?.sip_password
          ? (row?.password_origin ?? null)
          : context.passwordOrigin(line.number),
    }
  }
  await inBatches(kept, async (batch) => {
    const rows = batch.map(({ company, line }) => lineRow(place(company, line), line))
    for (const row of rows) {
      if (row.sip_password !== (existing.get(row.number)?.sip_password ?? null)) renewed.add(row.number)
    }
    await insertRows(db, 'line', rows, 'overwrite')
    saving.tick(batch.length)
  })
  const ids = new Map([...newIds, ...[...existing].map(([number, row]) => [number, row.id] as const)])
  await saveEquipment(db, changes, ids)
  await saveKeys(saving, changes, ids)
  return renewed
}

/** `from`: the company that the line leaves for another one. */
interface LineChange extends InCompany<Line> {
  readonly from?: string
}

/** A line that goes in one company and comes in another stays the same line, with its people and its password. */
function withMoves(changes: readonly InCompany<Line>[]): readonly LineChange[] {
  const leaving = new Map(
    changes.flatMap((change) =>
      change.before && !change.after ? [[change.before.number, change] as const] : [],
    ),
  )
  const arriving = new Set(changes.flatMap(({ before, after }) => (after && !before ? [after.number] : [])))
  return changes.flatMap((change): readonly LineChange[] => {
    const { before, after } = change
    if (before) return after || !arriving.has(before.number) ? [change] : []
    const left = after && leaving.get(after.number)
    return left?.before ? [{ ...change, before: left.before, from: left.company }] : [change]
  })
}

/** The same password again keeps its sealed form, so that it does not look like a new one. */
function seal({ sealer }: Saving, number: string, password: string, row: LineRow | undefined): string {
  const record = linePassword(number)
  const sealed = row?.sip_password ?? null
  return sealed !== null && sealer.open(sealed, record) === password ? sealed : sealer.seal(password, record)
}

async function existingLines(
  db: Queries,
  changes: readonly LineChange[],
  companyIds: CompanyIds,
): Promise<ReadonlyMap<string, LineRow>> {
  const old = changes.flatMap(({ company, from, before }) =>
    before ? [{ company: from ?? company, number: before.number }] : [],
  )
  const rows = await gather(
    old.map(({ number }) => number),
    (numbers) => db.selectFrom('line').selectAll().where('number', 'in', numbers).execute(),
  )
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  for (const { company, number } of old) {
    if (byNumber.get(number)?.company_id !== companyIds.get(company)) throw conflict(`line ${number} is gone`)
  }
  return byNumber
}

/** First everything that could stand in the way: keys of and to lines that go, devices and addresses given up. */
async function removeOld(
  db: Queries,
  changes: readonly LineChange[],
  existing: ReadonlyMap<string, LineRow>,
): Promise<void> {
  const removed = await idsOfNumbers(
    db,
    changes.flatMap(({ before, after }) => (before && !after ? [before.number] : [])),
  )
  const gone = [...removed.values()]
  const stay = (differs: (before: Line, after: Line, from?: string) => boolean): readonly number[] => {
    return changes.flatMap(({ before, after, from }) => {
      const id = before && after && differs(before, after, from) ? existing.get(before.number)?.id : undefined
      return id === undefined ? [] : [id]
    })
  }
  const otherKeys = stay((before, after) => !sameRecord(before.keys, after.keys))
  const otherEquipment = stay((before, after) => !sameRecord(before.equipment, after.equipment))
  const otherAccounts = stay(
    (before, after, from) =>
      from !== undefined || before.email !== after.email || before.sip?.user !== after.sip?.user,
  )
  await inBatches([...gone, ...otherKeys], (ids) =>
    db.deleteFrom('line_key').where('line_id', 'in', ids).execute(),
  )
  await inBatches(otherEquipment, (ids) => db.deleteFrom('equipment').where('line_id', 'in', ids).execute())
  await inBatches(gone, (ids) => db.deleteFrom('line').where('id', 'in', ids).execute())
  await inBatches(otherAccounts, (ids) =>
    db.updateTable('line').set({ email_key: null, sip_user_key: null }).where('id', 'in', ids).execute(),
  )
}

async function saveEquipment(
  db: Queries,
  changes: readonly InCompany<Line>[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = changes.flatMap(({ before, after }) => {
    const equipment = after?.equipment
    if (!equipment || sameRecord(before?.equipment, equipment)) return []
    return [equipmentRow(known(ids, after.number), equipment)]
  })
  await insertRows(db, 'equipment', rows)
}

/** After all lines, because they watch each other. */
async function saveKeys(
  { db, tick }: Saving,
  changes: readonly InCompany<Line>[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const lines = changes.flatMap(({ before, after }) => {
    return after && !sameRecord(before?.keys ?? noKeys, after.keys) ? [after] : []
  })
  const watched = new Set(lines.flatMap((line) => line.keys.supervision))
  const others = await idsOfNumbers(
    db,
    [...watched].filter((number) => !ids.has(number)),
  )
  const idOf = (number: string): number => ids.get(number) ?? known(others, number)
  await inBatches(lines, async (batch) => {
    const rows = batch.flatMap((line) => keyRows(idOf(line.number), line.keys, idOf))
    await insertRows(db, 'line_key', rows)
    tick(batch.length)
  })
}
