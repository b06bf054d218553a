import { sameRecord } from '../domain/diff.ts'
import { type Keys, type Line, noKeys } from '../domain/intent.ts'
import type { Queries } from './tables.ts'

/** The keys of a line as a change left them. */
export interface KeyVersion {
  readonly change: number
  readonly at: number
  readonly who: string
  readonly source: string
  readonly keys: Keys
  /** The equipment they were ordered for. */
  readonly model?: string
}

/**
 * What the keys of a line were, the newest first, back to when the line came to be where it is: a number that was
 * somebody else's before does not bring his keys along.
 */
export async function keyVersions(
  db: Queries,
  number: string,
  limit: number,
): Promise<readonly KeyVersion[]> {
  const versions: KeyVersion[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('what', '=', 'line')
      .where('subject', '=', number)
      .where('id', '<', before)
      .orderBy('id', 'desc')
      .limit(200)
      .execute()
    for (const row of rows) {
      before = row.id
      if (row.after === null) return versions
      const after = JSON.parse(row.after) as Line
      const was = row.before === null ? noKeys : ((JSON.parse(row.before) as Line).keys ?? noKeys)
      if (row.action === 'added' || !sameRecord(was, after.keys)) {
        const model = after.equipment?.model
        versions.push({
          change: row.change_id,
          at: row.at,
          who: row.who,
          source: row.source,
          keys: after.keys ?? noKeys,
          ...(model === undefined ? {} : { model }),
        })
      }
      if (row.action === 'added' || versions.length === limit) return versions
    }
    if (rows.length < 200) return versions
  }
}
