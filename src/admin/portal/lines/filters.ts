import { lineKinds } from '../../../domain/intent.ts'
import { address } from '../address.ts'

/** What a search of lines is narrowed by, as the address of the page says it. */
export interface Filters {
  readonly search?: string
  readonly company?: string
  readonly site?: string
  readonly kind?: string
  readonly equipment?: string
  readonly behind?: string
}

export interface Pill {
  /** A key of the texts. */
  readonly text: string
  readonly to: string
  readonly here: boolean
}

const names = ['search', 'company', 'site', 'kind', 'equipment', 'behind'] as const

/** Of an address only what is a filter: a page further on begins anew when one changes. */
export function filtersOf(query: Readonly<Record<string, string>>): Filters {
  return Object.fromEntries(names.flatMap((name) => (query[name] ? [[name, query[name]]] : [])))
}

export function kindPills(filters: Filters): readonly Pill[] {
  const pill = (text: string, kind: string | undefined) => ({
    text,
    to: address('/lines', { ...filters, kind }),
    here: filters.kind === kind,
  })
  return [pill('lines.every-kind', undefined), ...lineKinds.map((kind) => pill(`kind.${kind}`, kind))]
}

/** Each goes on when it is chosen and off when it is chosen again: they exclude each other. */
export function statePills(filters: Filters): readonly Pill[] {
  const states = [
    { text: 'lines.to-complete', equipment: 'to-complete' },
    { text: 'lines.with-equipment', equipment: 'with' },
    { text: 'lines.without-equipment', equipment: 'missing' },
    { text: 'lines.behind', behind: 'true' },
  ]
  return states.map(({ text, equipment, behind }) => {
    const here = filters.equipment === equipment && filters.behind === behind
    const chosen = here ? { equipment: undefined, behind: undefined } : { equipment, behind }
    return { text, to: address('/lines', { ...filters, ...chosen }), here }
  })
}
