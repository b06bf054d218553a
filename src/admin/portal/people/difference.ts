import { isChangedSince } from '../changed-since.ts'
import type { Visit } from '../page.ts'
import { placesShown, type Reach } from './known.ts'

interface State extends Reach {
  readonly name: string
  readonly email: string
  readonly locale: string
}

/** Where what somebody is by now differs from what was about to be saved. */
export function personDifference(visit: Visit): readonly object[] {
  const { fault, text } = visit
  if (!isChangedSince(fault)) return []
  const { current, yours } = fault.more as { readonly current: State; readonly yours: State }
  const rows = [
    ['people.name', current.name, yours.name],
    ['people.email', current.email, yours.email],
    [
      'account.language',
      text(`account.language.${current.locale}`),
      text(`account.language.${yours.locale}`),
    ],
    ['people.role', text(`role.${current.role}`), text(`role.${yours.role}`)],
    ['people.where', places(visit, current), places(visit, yours)],
  ] as const
  return rows
    .filter(([, now, meant]) => now !== meant)
    .map(([key, now, meant]) => ({ label: text(key), now, meant }))
}

function places(visit: Visit, reach: Reach): string {
  return placesShown(visit, reach).join(' ; ')
}
