import type { Path } from '../domain/problem.ts'
import type { Kept } from './kept.ts'

/** A piece of the file and where it stands. */
export interface Part<E> {
  readonly entry: E
  readonly path: Path
}

/** Stored records in their order with the file's laid over them, then the file's new ones in its order. */
export function mergeByKey<T, E>(
  stored: readonly T[],
  parts: readonly Part<E>[] | undefined,
  kept: Kept,
  key: (record: T | E) => string,
  merge: (stored: T | undefined, entry: E, path: Path) => T,
): readonly { value: T; path?: Path; entry?: E }[] {
  const named = new Map<string, Part<E>[]>()
  for (const part of parts ?? []) {
    const same = named.get(key(part.entry))
    if (same) same.push(part)
    else named.set(key(part.entry), [part])
  }
  const known = new Set(stored.map(key))
  const old = stored.flatMap((record) => {
    const found = named.get(key(record))
    if (found) return found.map(({ entry, path }) => ({ value: merge(record, entry, path), path, entry }))
    return kept === 'kept' ? [{ value: record }] : []
  })
  const added = (parts ?? []).filter(({ entry }) => !known.has(key(entry)))
  return [...old, ...added.map(({ entry, path }) => ({ value: merge(undefined, entry, path), path, entry }))]
}
