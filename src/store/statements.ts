import type { Queries } from './tables.ts'

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
