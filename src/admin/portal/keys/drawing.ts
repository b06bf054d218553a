import type { ShownKeys } from '../../routes/keys-shown.ts'

type Placed = ShownKeys['layout'][number]

/** A button in a drawing: with a key, free, or the one that turns the page. */
interface DrawnKey {
  readonly key?: number
  readonly role: Placed['role'] | 'free' | 'turn'
  readonly label?: string
}

/** A page of a phone as rows of buttons at the left and the right of its screen. */
interface DrawnPage {
  readonly page: number
  readonly several: boolean
  readonly kind: 'screen' | 'memory'
  readonly rows: readonly { readonly left?: DrawnKey; readonly right?: DrawnKey }[]
}

interface DrawnUnit {
  readonly module: number
  readonly name?: string
  readonly paper: boolean
  readonly pages: readonly DrawnPage[]
  /** Pages without a key, which are not drawn. */
  readonly freePages: number
  readonly freeKeys: number
}

/** The phone and its modules with the keys in their places; pages without any are only counted. */
export function drawn({ layout, units }: Pick<ShownKeys, 'layout' | 'units'>): readonly DrawnUnit[] {
  const placed = new Map(layout.map((key) => [key.key, key]))
  const buttonFor = (key: number): DrawnKey => {
    const found = placed.get(key)
    return found ? { key, role: found.role, label: found.label } : { key, role: 'free' }
  }
  return units.map(({ module, name, pages, turns, paper }) => {
    const several = pages.filter(({ kind }) => kind === 'screen').length > 1
    const shown = pages.map(({ kind, left, right }, i) => {
      const isTurned = turns && kind === 'screen'
      const rightKeys = [...right.map(buttonFor), ...(isTurned ? [{ role: 'turn' as const }] : [])]
      return {
        page: i + 1,
        several,
        kind,
        used: [...left, ...right],
        rows: rows(left.map(buttonFor), rightKeys),
      }
    })
    const isUsed = ({ used }: { readonly used: readonly number[] }) => used.some((key) => placed.has(key))
    // The phone itself is there even without a key; of a module one only needs to know that it is free.
    const drawnPages = shown.filter((page, i) => (i === 0 && module === 0) || isUsed(page))
    const free = shown.filter((page) => !drawnPages.includes(page))
    return {
      module,
      ...(name === undefined ? {} : { name: name.toUpperCase() }),
      paper,
      pages: drawnPages.map(({ used: _, ...page }) => page),
      freePages: free.length,
      freeKeys: free.reduce((sum, { used }) => sum + used.length, 0),
    }
  })
}

function rows(left: readonly DrawnKey[], right: readonly DrawnKey[]): DrawnPage['rows'] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const [l, r] = [left[i], right[i]]
    return { ...(l ? { left: l } : {}), ...(r ? { right: r } : {}) }
  })
}
