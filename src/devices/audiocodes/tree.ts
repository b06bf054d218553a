import type { Setting } from './settings.ts'

/** Settings as the tree their slash paths describe, for a dialect that nests instead of repeating the path. */
export interface Branch {
  readonly name: string
  readonly children: readonly Branch[]
  /** There is a value here: an empty text is one. */
  readonly leaf: boolean
  readonly value: string
}

export function treeOf(settings: readonly Setting[]): readonly Branch[] {
  return grow(settings.map(({ name, value }) => ({ path: name.split('/'), value })))
}

function grow(entries: readonly { path: readonly string[]; value: string }[]): readonly Branch[] {
  const names = [...new Set(entries.map(({ path: [name = ''] }) => name))]
  return names.map((name) => {
    const mine = entries.filter(({ path }) => path[0] === name)
    const leaf = mine.find(({ path }) => path.length === 1)
    const below = mine
      .filter(({ path }) => path.length > 1)
      .map(({ path, value }) => ({ path: path.slice(1), value }))
    return { name, children: grow(below), leaf: leaf !== undefined, value: leaf?.value ?? '' }
  })
}
