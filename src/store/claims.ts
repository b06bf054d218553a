import type { NumberBlock } from '../domain/intent.ts'
import { type Claims, type HeldBlock, type Holder, shortOf } from '../domain/located-fleet.ts'
import { shareNumbers } from '../domain/number-blocks.ts'
import { gather } from './batches.ts'
import type { PasswordOrigin, Queries } from './tables.ts'

/** What a change wants to hold: only this is looked for, whatever the size of the fleet. */
export interface Candidates {
  readonly numbers: readonly string[]
  readonly macs: readonly string[]
  readonly emails: readonly string[]
  /** Users without their domain. */
  readonly sipUsers: readonly string[]
  /** Only asked where a company is not read whole: nobody else's lines can hold them. */
  readonly shortNumbers: readonly string[]
  /** Only asked where companies are read whole: a change of lines alone leaves the blocks as they are. */
  readonly blocks: readonly NumberBlock[]
}

/** Lines that are part of the change, and hold what they hold by rights: all of a company, or single ones. */
export interface Excluded {
  readonly companies: readonly string[]
  readonly lines: readonly string[]
}

/** Which of the candidates lines outside the change hold already. */
export async function findClaims(db: Queries, excluded: Excluded, candidates: Candidates): Promise<Claims> {
  const [companies, lines] = [new Set(excluded.companies), new Set(excluded.lines)]
  const elsewhere = ({ company, number }: Holder): boolean => !companies.has(company) && !lines.has(number)
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
  const shortNumbers = await gather(unique(candidates.shortNumbers), (batch) =>
    held.select('line.short_number').where('line.short_number', 'in', batch).execute(),
  )
  return {
    numbers: holders(numbers.filter(elsewhere), (row) => row.number),
    macs: holders(macs.filter(elsewhere), (row) => row.mac ?? ''),
    emails: holders(emails.filter(elsewhere), (row) => row.email_key ?? ''),
    sipUsers: holders(sipUsers.filter(elsewhere), (row) => {
      return `${row.sip_user_key}@${row.sip_domain}`.toLowerCase()
    }),
    shortNumbers: holders(shortNumbers.filter(elsewhere), (row) => shortOf(row.company, row.short_number)),
    blocks: await findBlocks(db, companies, candidates.blocks),
  }
}

/** Blocks of other companies that share numbers with these. */
async function findBlocks(
  db: Queries,
  excluded: ReadonlySet<string>,
  wanted: readonly NumberBlock[],
): Promise<readonly HeldBlock[]> {
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('company')
    .select(['name', 'number_blocks'])
    .where('number_blocks', 'is not', null)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ name: company, number_blocks }) => {
    const held: readonly NumberBlock[] = excluded.has(company) ? [] : JSON.parse(number_blocks ?? '[]')
    return held
      .filter((block) => wanted.some((one) => shareNumbers(one, block)))
      .map((block) => ({ ...block, company }))
  })
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
