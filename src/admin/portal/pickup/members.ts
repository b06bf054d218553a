import type { z } from 'zod'
import type { lineOf } from '../../routes/lines-shown.ts'
import type { Listed } from '../listed.ts'
import type { Visit } from '../page.ts'

type Line = z.output<typeof lineOf>

/** A group as its operations answer. */
export interface Group {
  readonly name: string
  readonly site: string
  readonly members: readonly string[]
}

/** A line that could be in a group, as the form shows it. */
export interface Candidate {
  readonly number: string
  readonly displayName: string
  readonly isIn: boolean
  /** The other group that has it: it is in one at most. */
  readonly elsewhere?: string
  /** It is a member whose phone has room for the interception key, and no such key. */
  readonly lacksKey: boolean
  /** Somebody else has put it in or taken it out while this form was open. */
  readonly since?: 'in' | 'out'
}

/** More lines than one goes through with a pencil; who has more finds them by a file. */
const mostLines = 2000

/** The lines of a site that calls can be picked up with, each with the group it is in. */
export async function candidatesAt(
  visit: Visit,
  { company, site, group }: { readonly company: string; readonly site: string; readonly group?: Group },
): Promise<readonly Candidate[]> {
  const { ask, form, fault } = visit
  const { body } = await ask<Listed<Group>>('listPickupGroups', {
    params: { company },
  })
  const elsewhere = new Map(
    body.items
      .filter((other) => other.site === site && other.name !== group?.name)
      .flatMap(({ name, members }) => members.map((number) => [number, name] as const)),
  )
  const members = new Set(group?.members)
  const chosen = fault ? new Set(form.all('member')) : members
  const lines = await fixedLinesAt(visit, company, site)
  return lines.map(({ number, displayName, capacity }) => {
    const { used = 0, available = 0 } = capacity?.interception ?? {}
    const other = elsewhere.get(number)
    const isChanged = fault?.status === 412 && members.has(number) !== chosen.has(number)
    return {
      number,
      displayName,
      isIn: chosen.has(number),
      lacksKey: members.has(number) && used < available,
      ...(other === undefined ? {} : { elsewhere: other }),
      ...(isChanged ? { since: members.has(number) ? 'in' : 'out' } : {}),
    }
  })
}

async function fixedLinesAt({ ask }: Visit, company: string, site: string): Promise<readonly Line[]> {
  const lines: Line[] = []
  let after: string | undefined
  do {
    const { body } = await ask<Listed<Line>>('listLines', {
      query: { company, site, kind: 'fixed', after, limit: 500 },
    })
    lines.push(...body.items)
    after = body.next
  } while (after !== undefined && lines.length < mostLines)
  return lines
}
