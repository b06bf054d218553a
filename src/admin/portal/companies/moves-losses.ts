import type { ShownPlan } from '../../routes/fleet-plan.ts'
import type { ShownLine } from '../../routes/lines-shown.ts'
import type { Visit } from '../page.ts'
import type { Chosen } from './moves-lines.ts'

/** What the operations answer that plan a move and make it. */
export interface MoveAnswer {
  readonly plan: ShownPlan
  readonly lost: {
    readonly keys: readonly { readonly line: string; readonly key: number; readonly supervised: string }[]
    readonly memberships: readonly { readonly line: string; readonly site: string; readonly group: string }[]
  }
  readonly numberBlocks: readonly { readonly from: string; readonly to: string }[]
}

/** Names are looked up for so many numbers; of the rest the number has to do. */
const mostNames = 60

/** Keys that go, line by line: those of the lines that leave, and those of who stays behind. */
export async function lossesShown(
  visit: Visit,
  chosen: readonly Chosen[],
  { lost }: MoveAnswer,
): Promise<object> {
  const names = new Map(chosen.map(({ number, name }) => [number, name]))
  const others = lost.keys.flatMap(({ line, supervised }) => [line, supervised])
  for (const number of [...new Set(others)].filter((one) => !names.has(one)).slice(0, mostNames)) {
    const { body } = await visit.ask<ShownLine>('readLine', { params: { line: number } })
    names.set(number, body.displayName)
  }
  const going = new Set(chosen.map(({ number }) => number))
  const keys = lost.keys.map(({ line, key, supervised }) => ({
    line,
    name: names.get(line),
    key,
    supervised,
    supervisedName: names.get(supervised),
    leaves: going.has(line),
  }))
  return {
    leaving: keys.filter(({ leaves }) => leaves),
    staying: keys.filter(({ leaves }) => !leaves),
    memberships: lost.memberships.map((membership) => ({
      ...membership,
      name: names.get(membership.line),
    })),
    nothingLost: keys.length + lost.memberships.length === 0,
  }
}

/** What keeps each line from going, by its name. */
export function refusalsOf(
  { fault }: Visit,
  moved: readonly string[],
  chosen: readonly Chosen[],
): readonly object[] {
  return (fault?.problems ?? []).map(({ path, ...problem }) => {
    const index = /^lines\[(\d+)\]/.exec(path)?.[1]
    return { ...problem, line: chosen.find(({ number }) => number === moved[Number(index)]) }
  })
}
