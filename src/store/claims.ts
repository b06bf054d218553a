import type { Claims, Holder } from '../domain/located-fleet.ts'
import { gather } from './batches.ts'
import type { PasswordOrigin, Queries } from './tables.ts'

/** What a change wants to hold: only this is looked for, whatever the size of the fleet. */
export interface Candidates {
  readonly numbers: readonly string[]
  readonly macs: readonly string[]
  readonly emails: readonly string[]
  /** Users without their domain. */
  readonly sipUsers: readonly string[]
}

/** Which of the candidates lines of other companies hold already. */
export async function findClaims(
  db: Queries,
  excludingCompanies: readonly string[],
  candidates: Candidates,
): Promise<Claims> {
  const excluded = new Set(excludingCompanies)
  const elsewhere = (holder: Holder): boolean => !excluded.has(holder.company)
  const held = db
    .selectFrom('line')
    .innerJoin('company', 'company.id', 'line.company_id')
    .select(['line.number', 'company.name as company'])
  const numbers = await gather(unique(candidates.numbers), (batch) =>
    held.where('line.number', 'in', batch).execute(),
  )
  const macs = await gather(unique(candidates.macs), (batch) =>
    held
      .innerJoin('equipment', 'equipment.line_id', 'line.id')
      .select('equipment.mac')
      .where('equipment.mac', 'in', batch)
      .orderBy('equipment.port', 'desc')
      .execute(),
  )
  const emails = await gather(lower(candidates.emails), (batch) =>
    held.select('line.email_key').where('line.email_key', 'in', batch).execute(),
  )
  const sipUsers = await gather(lower(candidates.sipUsers), (batch) =>
    held
      .select(['line.sip_user_key', 'company.sip_domain'])
      .where('line.sip_user_key', 'in', batch)
      .execute(),
  )
  return {
    numbers: holders(numbers.filter(elsewhere), (row) => row.number),
    macs: holders(macs.filter(elsewhere), (row) => row.mac ?? ''),
    emails: holders(emails.filter(elsewhere), (row) => row.email_key ?? ''),
    sipUsers: holders(sipUsers.filter(elsewhere), (row) => {
      return `${row.sip_user_key}@${row.sip_domain}`.toLowerCase()
    }),
  }
}

/** Who made the password each of these lines has; a line without one is not in the answer. */
export async function findPasswordOrigins(
  db: Queries,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, PasswordOrigin>> {
  const rows = await gather(unique(numbers), (batch) =>
    db.selectFrom('line').select(['number', 'password_origin']).where('number', 'in', batch).execute(),
  )
  return new Map(
    rows.flatMap((row) => (row.password_origin ? [[row.number, row.password_origin] as const] : [])),
  )
}

/** The number of the newest change, 0 before the first: it moves whenever the fleet does. */
export async function findGeneration(db: Queries): Promise<number> {
  const row = await db
    .selectFrom('change')
    .select((e) => e.fn.max('id').as('newest'))
    .executeTakeFirst()
  return row?.newest ?? 0
}

function holders<R extends Holder>(rows: readonly R[], key: (row: R) => string): ReadonlyMap<string, Holder> {
  return new Map(rows.map((row) => [key(row), { company: row.company, number: row.number }]))
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)]
}

function lower(values: readonly string[]): readonly string[] {
  return unique(values.map((value) => value.toLowerCase()))
}
