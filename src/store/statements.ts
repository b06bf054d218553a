import { setImmediate as nextTurn } from 'node:timers/promises'
import { CompiledQuery } from 'kysely'
import type { Queries } from './tables.ts'

/** So many rows are written without a pause: between two such the phones of everybody else get their turn. */
const rowsAtOnce = 500

const built = new WeakMap<object, Map<string, string>>()

/**
 * The text of a statement, built once for a database: with hundreds of values that costs more than running it. The
 * shape has to tell it from all others.
 */
export function builtOnce(db: Queries, shape: string, build: () => string): string {
  // A transaction is a database of its own to the query builder; what it speaks is the same.
  const { adapter } = db.getExecutor()
  const texts = built.get(adapter) ?? new Map<string, string>()
  built.set(adapter, texts)
  const text = texts.get(shape) ?? build()
  texts.set(shape, text)
  return text
}

/**
 * Runs a statement once for each row of values. That is half the work of one statement for hundreds of rows, and there
 * is one text to build; waiting for each by itself would cost more than running it.
 */
export async function runEach(
  db: Queries,
  text: string,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    if (start > 0) await nextTurn()
    await db.executeQuery(CompiledQuery.raw(text, rows.slice(start, start + rowsAtOnce)))
  }
}
