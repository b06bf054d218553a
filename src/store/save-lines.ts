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
  changes: readonly InCompany<Line>[],
  context: LineContext,
): Promise<ReadonlySet<string>> {
  const { db } = saving
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
    return {
      id: row?.id ?? known(newIds, line.number),
      company_id: known(context.companyIds, company),
      site_id: known(context.siteIds, siteKey(company, line.site)),
      sip_password:
        password === undefined ? (row?.sip_password ?? null) : seal(saving, line.number, password, row),
      password_origin:
        password === undefined ? (row?.password_origin ?? null) : context.passwordOrigin(line.number),
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

/** The same password again keeps its sealed form, so that it does not look like a new one. */
function seal({ sealer }: Saving, number: string, password: string, row: LineRow | undefined): string {
  const record = linePassword(number)
  const sealed = row?.sip_password ?? null
  return sealed !== null && sealer.open(sealed, record) === password ? sealed : sealer.seal(password, record)
}

async function existingLines(
  db: Queries,
  changes: readonly InCompany<Line>[],
  companyIds: CompanyIds,
): Promise<ReadonlyMap<string, LineRow>> {
  const old = changes.flatMap(({ company, before }) => (before ? [{ company, number: before.number }] : []))
  const rows = await gather(
    old.map(({ number }) => number),
    (numbers) => db.selectFrom('line').selectAll().where('number', 'in', numbers).execute(),
  )
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  for (const { company, number } of old) {
    if (byNumber.get(number)?.company_id !== companyIds.get(company)) throw conflict(`line ${number} is gone`)
  }
  // A line that goes in one company and comes in another is a new one there.
  for (const { before, after } of changes) if (before && !after) byNumber.delete(before.number)
  return byNumber
}

/** First everything that could stand in the way: keys of and to lines that go, devices and addresses given up. */
async function removeOld(
  db: Queries,
  changes: readonly InCompany<Line>[],
  existing: ReadonlyMap<string, LineRow>,
): Promise<void> {
  const removed = await idsOfNumbers(
    db,
    changes.flatMap(({ before, after }) => (before && !after ? [before.number] : [])),
  )
  const gone = [...removed.values()]
  const stay = (differs: (before: Line, after: Line) => boolean): readonly number[] => {
    return changes.flatMap(({ before, after }) => {
      const id = before && after && differs(before, after) ? existing.get(before.number)?.id : undefined
      return id === undefined ? [] : [id]
    })
  }
  const otherKeys = stay((before, after) => !sameRecord(before.keys, after.keys))
  const otherEquipment = stay((before, after) => !sameRecord(before.equipment, after.equipment))
  const otherAccounts = stay(
    (before, after) => before.email !== after.email || before.sip?.user !== after.sip?.user,
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
