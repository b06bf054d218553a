import type { Chance } from './chance.ts'
import type { Wanted } from './expected.ts'
import type { Mix } from './made-up.ts'

/** The devices of a fleet that are to take part: so many of each model, so many in all, drawn by chance. */
export function choose(
  fleet: readonly Wanted[],
  mix: Mix | undefined,
  count: number | undefined,
  chance: Chance,
): readonly Wanted[] {
  const meant =
    mix === undefined
      ? fleet
      : [...mix].flatMap(([model, wanted]) =>
          chance.some(
            fleet.filter(({ intent }) => intent.model.id === model.id),
            wanted,
          ),
        )
  return count === undefined || count >= meant.length ? meant : chance.some(meant, count)
}
