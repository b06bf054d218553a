import type { Line, PickupGroup } from './intent.ts'
import { fault, type Path, type Problem } from './problem.ts'
import { withArticle } from './text-rules.ts'

/** A member is a fixed line of the group's own site. */
export function canJoinGroup(
  number: string,
  line: Pick<Line, 'kind' | 'site'> | undefined,
  site: string,
  path: Path,
): readonly Problem[] {
  if (!line)
    return [
      fault('member-unknown', path, `${number} is not a line of this company`, 'give a line of the site'),
    ]
  if (line.kind !== 'fixed')
    return [
      fault(
        'member-kind',
        path,
        `${number} is ${withArticle(line.kind)} line`,
        'only fixed lines pick calls up',
      ),
    ]
  if (line.site !== site)
    return [
      fault('member-other-site', path, `${number} belongs to site ${line.site}`, `give a line of ${site}`),
    ]
  return []
}

/** A line is in at most one pickup group of its company; `groups` come with where each stands. */
export function checkMembership(groups: readonly { group: PickupGroup; path: Path }[]): readonly Problem[] {
  const seen = new Map<string, string>()
  return groups.flatMap(({ group, path }) =>
    group.members.flatMap((number, i) => {
      const other = seen.get(number)
      seen.set(number, other ?? group.name)
      if (other === undefined) return []
      const right = other === group.name ? 'name it once' : 'keep it in one of the two'
      return [
        fault(
          'member-twice',
          `${path}.members[${i}]`,
          `${number} is already in pickup group ${other}`,
          right,
        ),
      ]
    }),
  )
}
