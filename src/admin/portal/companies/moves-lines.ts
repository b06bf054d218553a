import { isInBlock } from '../../../domain/number-blocks.ts'
import type { ShownLine } from '../../routes/lines-shown.ts'
import type { Listed } from '../listed.ts'
import type { Visit } from '../page.ts'

export interface Chosen {
  readonly number: string
  readonly name: string
  readonly site: string
}

/** So many are shown of a search; who looks for others writes more. */
const shown = 50
const atOnce = 500

/** The lines that were ticked, and those of a block of numbers that was asked for. */
export async function chosenLines(visit: Visit, company: string): Promise<readonly Chosen[]> {
  const { form } = visit
  const ticked = new Set(form.all('line'))
  const step = form.one('step') ?? ''
  const [from = '', to = ''] = step.startsWith('block ') ? step.slice('block '.length).split(' ') : []
  if (ticked.size === 0 && from === '') return []
  const chosen: Chosen[] = []
  for await (const line of linesOf(visit, company)) {
    if (ticked.has(line.number) || isInBlock(line.number, { from, to })) chosen.push(line)
  }
  return chosen
}

async function* linesOf({ ask }: Visit, company: string): AsyncGenerator<Chosen> {
  let after: string | undefined
  do {
    const { body } = await ask<Listed<ShownLine>>('listLines', {
      query: { company, limit: atOnce, after },
    })
    yield* body.items.map(brief)
    after = body.next
  } while (after !== undefined)
}

function brief({ number, displayName: name, site }: ShownLine): Chosen {
  return { number, name, site }
}

export async function foundLines(
  { ask }: Visit,
  company: string,
  search: string | undefined,
  chosen: readonly Chosen[],
): Promise<{ readonly items: readonly Chosen[]; readonly more: boolean }> {
  const { body } = await ask<Listed<ShownLine>>('listLines', {
    query: { company, search, limit: shown },
  })
  const isChosen = new Set(chosen.map(({ number }) => number))
  return {
    items: body.items.map(brief).filter(({ number }) => !isChosen.has(number)),
    more: body.next !== undefined,
  }
}
