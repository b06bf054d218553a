import { gather } from './batches.ts'
import type { LineRow, Queries } from './tables.ts'

type OfLine = 'id' | 'number' | 'kind' | 'first_name' | 'last_name' | 'name' | 'sip_user'

/** A line with what its account is made of. */
export interface AccountRow extends Pick<LineRow, OfLine> {
  readonly company: string
  readonly domain: string
  readonly sip_password: string
}

/** Whose accounts a change may have touched: those of whole companies, and of single lines by number. */
export interface ChangedSubjects {
  readonly companies: readonly string[]
  readonly numbers: readonly string[]
}

/**
 * Where the fleet is: the newest change, by number and time. After a backup was put back numbers come again,
 * the two together do not.
 */
export async function findMark(db: Queries): Promise<string> {
  const row = await db.selectFrom('change').select(['id', 'at']).orderBy('id', 'desc').executeTakeFirst()
  return row ? `${row.id}.${row.at}` : beginning
}

const beginning = '0'

/** What the changes since then were about; `everything` when that moment is not in this store's past. */
export async function changedSubjects(db: Queries, mark: string): Promise<ChangedSubjects | 'everything'> {
  const [id, at] = mark.split('.').map(Number)
  const row =
    id === undefined || !Number.isSafeInteger(id)
      ? undefined
      : await db.selectFrom('change').select('at').where('id', '=', id).executeTakeFirst()
  if (id === undefined || row === undefined || row.at !== at) return 'everything'
  const subjects = await db
    .selectFrom('audit')
    .select(['what', 'subject'])
    .distinct()
    .where('change_id', '>', id)
    .where('what', 'in', ['company', 'line'])
    .execute()
  const ofKind = (kind: string) => subjects.flatMap(({ what, subject }) => (what === kind ? [subject] : []))
  return { companies: ofKind('company'), numbers: ofKind('line') }
}

function selectAccounts(db: Queries) {
  return db
    .selectFrom('line')
    .innerJoin('company', 'company.id', 'line.company_id')
    .select([
      'line.id',
      'line.number',
      'line.kind',
      'line.first_name',
      'line.last_name',
      'line.name',
      'line.sip_user',
      'company.name as company',
      'company.sip_domain as domain',
    ])
    .select((e) => e.ref('line.sip_password').$notNull().as('sip_password'))
    .where('line.sip_password', 'is not', null)
}

/** Each once, also where its line and its company have changed. */
export async function accountRows(
  db: Queries,
  changed: ChangedSubjects | 'everything',
): Promise<readonly AccountRow[]> {
  const all = selectAccounts(db)
  if (changed === 'everything') return all.orderBy('line.id').execute()
  const rows = [
    ...(await gather(changed.companies, (names) => all.where('company.name', 'in', names).execute())),
    ...(await gather(changed.numbers, (numbers) => all.where('line.number', 'in', numbers).execute())),
  ]
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

export async function accountsPage(
  db: Queries,
  { after = 0, limit, domain }: { readonly after?: number; readonly limit: number; readonly domain?: string },
): Promise<readonly AccountRow[]> {
  const all = selectAccounts(db).where('line.id', '>', after).orderBy('line.id').limit(limit)
  if (domain === undefined) return all.execute()
  return all.where((e) => e(e.fn('lower', ['company.sip_domain']), '=', domain.toLowerCase())).execute()
}

/** In every domain. */
export async function accountsOfUser(db: Queries, user: string): Promise<readonly AccountRow[]> {
  return selectAccounts(db).where('line.sip_user_key', '=', user.toLowerCase()).execute()
}
