import { type Kysely, sql } from 'kysely'
import { fold } from '../fold.ts'
import type { Migration } from './migration.ts'

/** The names of each line as they are looked for, so that a search need not fold those of all lines every time. */
export const foldedNames: Migration = {
  version: 10,
  name: 'folded-names',
  async up(db) {
    await db.schema
      .alterTable('line')
      .addColumn('folded_names', 'text', (c) => c.notNull().defaultTo(''))
      .execute()
    await fill(db)
    // A search reads these and no whole rows, in the order in which lines are shown.
    await db.schema
      .createIndex('line_search')
      .on('line')
      .columns(['number', 'folded_names', 'email_key', 'short_number'])
      .execute()
  },
}

async function fill(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Readonly<Record<'id' | 'names', string>>>`
    select id, coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(name, '') as names
    from line`.execute(db)
  for (const { id, names } of rows) {
    const folded = fold(names).trim().replace(/\s+/g, ' ')
    if (folded !== '') await sql`update line set folded_names = ${folded} where id = ${id}`.execute(db)
  }
}
