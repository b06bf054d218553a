import type { Listed } from '../listed.ts'
import type { Visit } from '../page.ts'
import type { About } from './about.ts'
import { type Order, written } from './draft.ts'

/** As many lines as one looks through on a small screen; who looks for another writes more of its name. */
const shown = 8

interface Entry {
  readonly number: string
  readonly displayName: string
  readonly site: string
}

interface Found {
  readonly items: readonly {
    readonly number: string
    readonly name: string
    readonly site: string
    /** Not yet on a key of this kind, and not the line itself. */
    readonly canWatch: boolean
    /** How a form writes the key that dials it. */
    readonly shortcut: string
  }[]
  readonly more: boolean
}

/** Lines of the company that somebody looks for to put them on keys; `undefined` where nobody looks for any. */
export async function foundInDirectory(
  { ask }: Visit,
  { line, mayOrder }: About,
  search: string | undefined,
  draft: Order,
): Promise<Found | undefined> {
  if (search === undefined) return undefined
  const { body } = await ask<Listed<Entry>>('readDirectory', {
    params: { company: line.company },
    query: { search: search.slice(0, 200), limit: shown },
  })
  const items = body.items.map(({ number, displayName: name, site }) => ({
    number,
    name,
    site,
    canWatch: mayOrder && number !== line.number && !draft.supervision.includes(number),
    // A label has room for 40 characters.
    shortcut: written({ number, label: name.slice(0, 40) }),
  }))
  return { items, more: body.next !== undefined }
}
