import type { z } from 'zod'
import type { spreadOf } from '../../routes/keys-copy.ts'
import type { ShownLine } from '../../routes/lines-shown.ts'
import type { Listed } from '../listed.ts'
import type { Visit } from '../page.ts'

/** As many lines as one looks through; who wants others writes their name. */
const shown = 25

export type Spread = z.output<typeof spreadOf>

interface Candidate {
  readonly number: string
  readonly name: string
}

/** The lines that somebody chooses to give keys to: a form carries who was chosen from search to search. */
interface Recipients {
  readonly search: string | undefined
  readonly chosen: readonly Candidate[]
  readonly others: readonly (Candidate & { readonly site: string; readonly model: string })[]
  readonly more: boolean
}

/** A number has no blank: what comes after the first is the name, which comes back with it. */
function chosenIn({ form }: Pick<Visit, 'form'>): readonly Candidate[] {
  return form.all('to').map((text) => {
    const [number = '', ...name] = text.split(' ')
    return { number, name: name.join(' ') }
  })
}

export function numbersChosen(visit: Pick<Visit, 'form'>): readonly string[] {
  return chosenIn(visit).map(({ number }) => number)
}

/** Lines of the company with room for keys, by a search; the one whose keys they are is none of them. */
export async function recipientsIn(visit: Visit, company: string, not?: string): Promise<Recipients> {
  const { ask, form } = visit
  const chosen = chosenIn(visit)
  const search = form.one('search')
  const query = { company, search, equipment: 'with', limit: shown }
  const { body } = await ask<Listed<ShownLine>>('listLines', { query })
  const isOut = (number: string) => number === not || chosen.some((line) => line.number === number)
  const others = body.items
    .filter(({ capacity, number }) => (capacity?.keys.available ?? 0) > 0 && !isOut(number))
    .map(({ number, displayName, site, equipment }) => ({
      number,
      name: displayName,
      site,
      model: equipment?.label ?? '',
    }))
  return { search, chosen, others, more: body.next !== undefined }
}

/** What giving them the keys would do, line by line, in the order they were chosen. */
export function outcomes(
  { plan, lines }: Spread,
  { chosen }: Recipients,
  nameOf: (number: string) => string,
) {
  const changed = new Set(plan.changes.map(({ subject }) => subject))
  return chosen.map(({ number, name }) => ({
    name,
    number,
    isChanged: changed.has(number),
    left: (lines.find(({ line }) => line === number)?.left ?? []).map((key) => ({
      ...key,
      label: key.label ?? nameOf(key.key),
    })),
  }))
}
