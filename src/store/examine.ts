import { sql } from 'kysely'
import {
  deviceAccount,
  keptReply,
  linePassword,
  rebootPassword,
  type SealedRecord,
  type Sealer,
  secondFactor,
  wakeTarget,
} from './seal.ts'
import type { Queries, Tables } from './tables.ts'

/** Something in the database that is not as it must be; it never holds a secret. */
export interface Flaw {
  readonly code: string
  /** `line-password:+33483050173`, `equipment.line_id`. */
  readonly where: string
  readonly wrong: string
  readonly right: string
}

export interface Examination {
  /** How many sealed values were opened, or were tried to be. */
  readonly secrets: number
  readonly flaws: readonly Flaw[]
}

const pageSize = 500

/** Opens every sealed value, and follows every reference. `tell` hears how many values were tried so far. */
export async function examine(
  db: Queries,
  sealer: Sealer,
  tell: (done: number) => void,
): Promise<Examination> {
  const flaws: Flaw[] = []
  let secrets = 0
  for await (const page of sealedPages(db)) {
    for (const { sealed, record } of page) {
      if (!opens(sealer, sealed, record))
        flaws.push(
          flaw(
            'secret-shut',
            record,
            'the sealed value does not open with this key',
            'give it anew, or restore',
          ),
        )
    }
    secrets += page.length
    tell(secrets)
  }
  for (const [from, to] of references) {
    const broken = await countBroken(db, from, to)
    if (broken > 0)
      flaws.push(
        flaw(
          'reference-broken',
          from,
          `${broken} of these name a ${to} that is not there`,
          'restore a backup',
        ),
      )
  }
  return { secrets, flaws }
}

export function flaw(code: string, where: string, wrong: string, right: string): Flaw {
  return { code, where, wrong, right }
}

function opens(sealer: Sealer, sealed: string, record: SealedRecord): boolean {
  try {
    sealer.open(sealed, record)
    return true
  } catch {
    return false
  }
}

interface Sealed {
  readonly sealed: string
  readonly record: SealedRecord
}

interface Source {
  readonly table: keyof Tables
  /** Where the sealed value is. */
  readonly column: string
  /** What pages are turned by: unique in its table. */
  readonly key: string
  /** What the value is bound to. */
  readonly name: string
  readonly record: (name: string) => SealedRecord
}

const sources: readonly Source[] = [
  { table: 'line', column: 'sip_password', key: 'id', name: 'number', record: linePassword },
  { table: 'device', column: 'account_password', key: 'mac', name: 'mac', record: deviceAccount },
  { table: 'company', column: 'reboot_password', key: 'id', name: 'name', record: rebootPassword },
  { table: 'reboot', column: 'target', key: 'id', name: 'mac', record: wakeTarget },
  { table: 'person', column: 'totp', key: 'id', name: 'id', record: (id) => secondFactor(Number(id)) },
]

async function* sealedPages(db: Queries): AsyncGenerator<readonly Sealed[]> {
  for (const { table, column, key, name, record } of sources) {
    let after: number | string | undefined
    do {
      const beyond = after === undefined ? sql`true` : sql`${sql.ref(key)} > ${after}`
      const { rows } = await sql<{ key: number | string; name: number | string; sealed: string }>`
        select ${sql.ref(key)} as "key", ${sql.ref(name)} as "name", ${sql.ref(column)} as "sealed"
        from ${sql.table(table)} where ${sql.ref(column)} is not null and ${beyond}
        order by ${sql.ref(key)} limit ${pageSize}`.execute(db)
      yield rows.map((row) => ({ sealed: row.sealed, record: record(String(row.name)) }))
      after = rows.at(-1)?.key
    } while (after !== undefined)
  }
  // They are kept for a day at most: few enough to be read at once.
  const kept = await db
    .selectFrom('replay')
    .select(['scope', 'key', 'reply'])
    .where('reply', 'is not', null)
    .execute()
  yield kept.flatMap(({ scope, key, reply }) =>
    reply === null ? [] : [{ sealed: reply, record: keptReply(scope, key) }],
  )
}

/** What names a row of another table, and that row; databases hold to most of these themselves, while nothing is damaged. */
const references: readonly (readonly [from: string, to: string])[] = [
  ['company_deletion.company_id', 'company.id'],
  ['site.company_id', 'company.id'],
  ['line.company_id', 'company.id'],
  ['line.site_id', 'site.id'],
  ['equipment.line_id', 'line.id'],
  ['equipment.mac', 'device.mac'],
  ['pickup_group.site_id', 'site.id'],
  ['pickup_member.group_id', 'pickup_group.id'],
  ['pickup_member.line_id', 'line.id'],
  ['line_key.line_id', 'line.id'],
  ['line_key.target_line_id', 'line.id'],
  ['key_layout.company_id', 'company.id'],
  ['change_device.change_id', 'change.id'],
  ['audit.change_id', 'change.id'],
  ['device_taken.mac', 'device.mac'],
  ['device_visits.mac', 'device.mac'],
  ['device_history.mac', 'device.mac'],
  ['reboot.mac', 'device.mac'],
  ['person.line_id', 'line.id'],
  ['recovery_code.person_id', 'person.id'],
  ['token.line_id', 'line.id'],
  ['token.maker_id', 'person.id'],
  ['scope_place.person_id', 'person.id'],
  ['scope_place.token_id', 'token.id'],
  ['scope_place.company_id', 'company.id'],
  ['scope_place.site_id', 'site.id'],
  ['session.person_id', 'person.id'],
  ['sign_in_link.person_id', 'person.id'],
  ['sign_in_event.person_id', 'person.id'],
]

async function countBroken(db: Queries, from: string, to: string): Promise<number> {
  const [table = ''] = from.split('.')
  const [other = '', column = ''] = to.split('.')
  const named = sql.ref(`one.${from.slice(table.length + 1)}`)
  const { rows } = await sql<{ broken: number | string }>`
    select count(*) as "broken" from ${sql.table(table)} as "one"
    where ${named} is not null
      and not exists (select 1 from ${sql.table(other)} as "other" where ${sql.ref(`other.${column}`)} = ${named})`.execute(
    db,
  )
  return Number(rows[0]?.broken ?? 0)
}
