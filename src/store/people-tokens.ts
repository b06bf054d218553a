import { bounded, homeOf, type Scope } from '../domain/scope.ts'
import { takeIds } from './counters.ts'
import type { Access } from './devices.ts'
import type { Author } from './history.ts'
import { type AuditedScope, recordScope } from './people-audit.ts'
import { findPerson } from './people-read.ts'
import { placesOfHolders, saveScope, scopeOf } from './people-scope.ts'
import { given } from './rows.ts'
import type { Queries } from './tables.ts'

/** What a program signs in with; the text itself is known to whoever was shown it, and to nobody else. */
export interface Token extends Scope {
  readonly id: number
  readonly name: string
  readonly maker: string
  readonly makerId?: number
  readonly createdAt: number
  readonly expiresAt: number
  readonly lastUsedAt?: number
  readonly lastUsedFrom?: string
}

export interface NewToken extends Scope {
  readonly name: string
  readonly hash: string
  /** Whose rights bound it for as long as it lives; absent: made on the command line. */
  readonly makerId?: number
  readonly expiresAt: number
}

export interface Tokens {
  add(author: Author, token: NewToken): Promise<Token>
  /** As far as it reaches now: no further than whoever made it, and nowhere once he is gone or it has expired. */
  find(hash: string, now: number): Promise<Token | undefined>
  note(id: number, from: string, now: number): Promise<void>
  /** Those of one company or more, or all of them. */
  list(query: TokenQuery): Promise<readonly Token[]>
  /** `decide` sees it first and may throw. Says whether there was one. */
  remove(author: Author, id: number, decide: (token: Token) => void): Promise<boolean>
}

export interface TokenQuery {
  readonly after?: number
  readonly limit: number
}

export function tokensOver(read: Access, write: Access): Tokens {
  return {
    add: (author, token) => write((db) => addToken(db, author, token)),
    find: (hash, now) =>
      read(async (db) => {
        const [token] = await withScopes(db, await selectTokens(db).where('token.hash', '=', hash).execute())
        return token && token.expiresAt > now ? asFarAsItsMaker(db, token, now) : undefined
      }),
    async note(id, from, now) {
      await write((db) =>
        db
          .updateTable('token')
          .set({ last_used_at: now, last_used_from: from })
          .where('id', '=', id)
          .execute(),
      )
    },
    list: ({ after = 0, limit }) =>
      read(async (db) =>
        withScopes(
          db,
          await selectTokens(db).where('token.id', '>', after).orderBy('token.id').limit(limit).execute(),
        ),
      ),
    remove: (author, id, decide) =>
      write(async (db) => {
        const [token] = await withScopes(db, await selectTokens(db).where('token.id', '=', id).execute())
        if (!token) return false
        decide(token)
        await db.deleteFrom('token').where('id', '=', id).execute()
        await recordScope(db, author, `token ${token.name} revoked`, {
          what: 'token',
          before: audited(token),
        })
        return true
      }),
  }
}

async function addToken(db: Queries, author: Author, draft: NewToken): Promise<Token> {
  const id = await takeIds(db, 'token', 1)
  await db
    .insertInto('token')
    .values({
      id,
      name: draft.name,
      hash: draft.hash,
      role: draft.role,
      line_id: null,
      maker_id: draft.makerId ?? null,
      maker: author.name,
      created_at: author.at,
      expires_at: draft.expiresAt,
      last_used_at: null,
      last_used_from: null,
    })
    .execute()
  await saveScope(db, 'token_id', id, draft)
  const [token] = await withScopes(db, await selectTokens(db).where('token.id', '=', id).execute())
  if (!token) throw new Error('a token that was just made is gone')
  await recordScope(db, author, `token ${token.name} made`, { what: 'token', after: audited(token) })
  return token
}

async function asFarAsItsMaker(db: Queries, token: Token, now: number): Promise<Token | undefined> {
  if (token.makerId === undefined) return token
  const maker = await findPerson(db, { id: token.makerId })
  if (!maker || maker.disabled) return undefined
  const scope = bounded(token, homeOf(maker, now))
  return scope && { ...token, ...scope }
}

function selectTokens(db: Queries) {
  return db
    .selectFrom('token')
    .leftJoin('line', 'line.id', 'token.line_id')
    .leftJoin('company', 'company.id', 'line.company_id')
    .selectAll('token')
    .select(['line.number as line', 'company.name as line_company'])
}

type FoundRow = Awaited<ReturnType<ReturnType<typeof selectTokens>['execute']>>[number]

async function withScopes(db: Queries, rows: readonly FoundRow[]): Promise<readonly Token[]> {
  const places = await placesOfHolders(
    db,
    'token_id',
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    ...scopeOf(row, places.get(row.id)),
    maker: row.maker,
    ...given('makerId', row.maker_id),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...given('lastUsedAt', row.last_used_at),
    ...given('lastUsedFrom', row.last_used_from),
  }))
}

function audited({ name, expiresAt, role, companies, sites, line }: Token): AuditedScope {
  return {
    subject: name,
    role,
    companies,
    sites,
    ...(line === undefined ? {} : { line }),
    more: { expiresAt: new Date(expiresAt).toISOString() },
  }
}
