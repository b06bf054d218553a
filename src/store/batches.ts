import { setImmediate as nextTurn } from 'node:timers/promises'

/** Rows one statement takes: 21 columns of them stay far below the variables SQLite and PostgreSQL allow. */
const batchSize = 500

/**
 * Runs work over a list in batches. Between them the event loop gets its turn: a large change must not keep
 * the phones of everybody else waiting.
 */
export async function inBatches<T>(
  items: readonly T[],
  work: (batch: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += batchSize) {
    await work(items.slice(start, start + batchSize))
    await nextTurn()
  }
}

/** Few, so that each statement is built and prepared once; the steps between them cost a handful of statements more. */
const statementSizes = [batchSize, 60, 8, 1] as const

/** The same for statements whose text depends on how many rows they take. */
export async function inFewSizes<T>(
  items: readonly T[],
  work: (batch: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; ) {
    const size = statementSizes.find((each) => each <= items.length - start) ?? 1
    await work(items.slice(start, start + size))
    start += size
    if (size === batchSize) await nextTurn()
  }
}

/** All rows that belong to a list of keys, asked for in batches and kept in the order of the list's batches. */
export async function gather<K, R>(
  keys: readonly K[],
  query: (batch: readonly K[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const rows: R[] = []
  await inBatches(keys, async (batch) => {
    for (const row of await query(batch)) rows.push(row)
  })
  return rows
}

/** Groups rows by a key, keeping their order. */
export function groupBy<R, K>(rows: readonly R[], key: (row: R) => K): ReadonlyMap<K, readonly R[]> {
  const groups = new Map<K, R[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}
