import type { CompanyChange, FleetDiff } from '../domain/fleet-diff.ts'
import { displayName, type Line, sipUser } from '../domain/intent.ts'
import { enqueueMessages, type NewMessage } from './hooks-messages.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'

/** One account that is another one now. Who is told fetches the rest; neither password nor hash stands here. */
export interface AccountChange {
  readonly number: string
  readonly user: string
  readonly domain: string
  readonly what: 'added' | 'changed' | 'removed'
}

/** A message stays small enough for any receiver; a change of more accounts is told in several, in order. */
const accountsPerMessage = 500

/** Tells of all accounts that a saved change made, changed or removed, one message or more for each company. */
export async function enqueueAccountChanges(
  db: Queries,
  diff: FleetDiff,
  renewed: ReadonlySet<string>,
  at: number,
): Promise<void> {
  const messages: NewMessage[] = []
  const told: { company: CompanyChange; all: readonly AccountChange[] }[] = []
  for (const company of diff) {
    const domain = await domainOf(db, company)
    told.push({ company, all: accountChanges(company, renewed, domain, await others(db, company)) })
  }
  // An account that only moved to another company is never told to be gone: whoever listens might remove it last.
  const same = ({ number, user, domain }: AccountChange) => `${number} ${user}@${domain}`
  const arriving = new Set(
    told.flatMap(({ all }) => all.filter(({ what }) => what === 'added').map((account) => same(account))),
  )
  for (const { company, all } of told) {
    const changes = all.filter((change) => change.what !== 'removed' || !arriving.has(same(change)))
    for (let start = 0; start < changes.length; start += accountsPerMessage) {
      const accounts = changes.slice(start, start + accountsPerMessage)
      messages.push({
        type: 'accounts.changed',
        subject: `company:${company.name}`,
        at,
        data: { company: company.name, accounts },
      })
    }
  }
  await enqueueMessages(db, messages)
}

type Named = Pick<Line, 'number' | 'sip' | 'kind' | 'firstName' | 'lastName' | 'name'>

/** `others`: lines of the company that did not change themselves, where its domain did. */
export function accountChanges(
  { settings, lines }: CompanyChange,
  renewed: ReadonlySet<string>,
  domain: string,
  others: readonly Named[],
): readonly AccountChange[] {
  const formerDomain = settings?.before?.sip.domain ?? domain
  const told = (line: Named, where: string, what: AccountChange['what']): AccountChange => {
    return { number: line.number, user: sipUser(line), domain: where, what }
  }
  return [...lines, ...others.map((line) => ({ before: line, after: line }))].flatMap(({ before, after }) => {
    if (!after) return before ? [told(before, formerDomain, 'removed')] : []
    if (!before) return [told(after, domain, 'added')]
    const moved = formerDomain !== domain || sipUser(before) !== sipUser(after)
    if (moved) return [told(before, formerDomain, 'removed'), told(after, domain, 'added')]
    const isOther = renewed.has(after.number) || !sameDescription(before, after)
    return isOther ? [told(after, domain, 'changed')] : []
  })
}

/** What else an account says of its line. */
function sameDescription(before: Named, after: Named): boolean {
  return before.kind === after.kind && displayName(before) === displayName(after)
}

async function domainOf(db: Queries, { name, settings }: CompanyChange): Promise<string> {
  const known = settings?.after ?? settings?.before
  if (known) return known.sip.domain
  const row = await db
    .selectFrom('company')
    .select('sip_domain')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.sip_domain
}

async function others(db: Queries, { name, settings, lines }: CompanyChange): Promise<readonly Named[]> {
  const { before, after } = settings ?? {}
  if (!before || !after || before.sip.domain === after.sip.domain) return []
  const changed = new Set(lines.map((line) => (line.after ?? line.before)?.number))
  const rows = await db
    .selectFrom('line')
    .innerJoin('company', 'company.id', 'line.company_id')
    .select(['line.number', 'line.kind', 'line.sip_user'])
    .where('company.name', '=', name)
    .orderBy('line.id')
    .execute()
  return rows
    .filter(({ number }) => !changed.has(number))
    .map(({ number, kind, sip_user }) => ({ number, kind, sip: given('user', sip_user) }))
}
