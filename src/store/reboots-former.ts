import { sipUser } from '../domain/intent.ts'
import { gather } from './batches.ts'
import { type LiveTarget, sameServer, withCredentials } from './reboots-targets.ts'
import { given } from './rows.ts'
import { type Sealer, wakeTarget } from './seal.ts'
import type { Queries } from './tables.ts'

/**
 * Sealed targets of devices that a change makes other ones: until they have their new files they are to be found
 * under their old lines, at their old SIP server. Devices that are found by what they shall be have none.
 */
export async function formerTargets(
  db: Queries,
  sealer: Sealer,
  before: ReadonlyMap<string, LiveTarget>,
  after: ReadonlyMap<string, LiveTarget>,
): Promise<ReadonlyMap<string, string>> {
  const former = [...before].filter(
    ([mac, old]) => old.target.users.length > 0 && isElsewhere(old, after.get(mac)),
  )
  const passwords = await presentPasswords(
    db,
    former.flatMap(([, { first }]) => (first ? [first.number] : [])),
  )
  return new Map(
    former.map(([mac, old]) => {
      const target = withCredentials({ ...old, ...given('first', accountNow(old, passwords)) }, sealer)
      return [mac, sealer.seal(JSON.stringify(target), wakeTarget(mac))] as const
    }),
  )
}

function isElsewhere({ target: was }: LiveTarget, now: LiveTarget | undefined): boolean {
  return (
    !now ||
    !sameServer(was.sip, now.target.sip) ||
    was.users.length !== now.target.users.length ||
    was.users.some((user, i) => user !== now.target.users[i])
  )
}

/** What the SIP server lets in: a password that was renewed with the change is the one it will know. */
function accountNow(
  { target, first }: LiveTarget,
  passwords: ReadonlyMap<string, PresentPassword>,
): LiveTarget['first'] {
  const now = first && passwords.get(first.number)
  if (!now || now.user !== first.user || now.domain !== target.sip.domain) return first
  return { ...first, sealed: now.sealed }
}

interface PresentPassword {
  readonly user: string
  readonly domain: string
  readonly sealed: string | null
}

async function presentPasswords(
  db: Queries,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, PresentPassword>> {
  const rows = await gather(numbers, (batch) =>
    db
      .selectFrom('line')
      .innerJoin('company', 'company.id', 'line.company_id')
      .select(['line.number', 'line.sip_user', 'line.sip_password', 'company.sip_domain'])
      .where('line.number', 'in', batch)
      .execute(),
  )
  return new Map(
    rows.map(({ number, sip_user, sip_password, sip_domain }) => [
      number,
      { user: sipUser({ number, sip: given('user', sip_user) }), domain: sip_domain, sealed: sip_password },
    ]),
  )
}
