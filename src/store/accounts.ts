import { hash } from 'node:crypto'
import { displayName, type LineKind, sipUser } from '../domain/intent.ts'
import {
  type AccountRow,
  accountRows,
  accountsOfUser,
  accountsPage,
  type ChangedSubjects,
  changedSubjects,
  findMark,
} from './accounts-rows.ts'
import { inBatches } from './batches.ts'
import type { Access } from './devices.ts'
import { given } from './rows.ts'
import { linePassword, type Sealer } from './seal.ts'

/** What a SIP server needs to know of a line to let it register: hashes, never the password itself. */
export interface Account {
  /** Grows with the age of lines, and stays with a line for its life. */
  readonly id: number
  readonly number: string
  readonly kind: LineKind
  readonly company: string
  readonly displayName: string
  readonly user: string
  /** The SIP domain, which is the realm of the hashes too. */
  readonly domain: string
  /** MD5 of `user:realm:password`, in lower-case hex. */
  readonly ha1: string
  /** The same of `user@domain:realm:password`, for devices that write their domain into the user name. */
  readonly ha1b: string
  /** SHA-256 of `user:realm:password`. */
  readonly ha1Sha256: string
}

/** The accounts that may be other ones since a moment, as they are now; what is left out of them is gone. */
export interface AccountsSince {
  readonly mark: string
  /** `everything`: that moment is not one of this store, as after a backup was put back. */
  readonly changed: ChangedSubjects | 'everything'
  readonly accounts: readonly Account[]
}

export interface AccountsQuery {
  readonly domain?: string
  /** The id of the last account of the page before. */
  readonly after?: number
  readonly limit: number
}

/** The accounts of all lines that have a password. */
export interface Accounts {
  /** Another text whenever any account may be another one. */
  mark(): Promise<string>
  /** Without a mark: all there are. */
  since(mark: string | undefined): Promise<AccountsSince>
  page(query: AccountsQuery): Promise<readonly Account[]>
  /** The user as it is written, the domain in any case. */
  find(user: string, domain: string): Promise<Account | undefined>
}

export function accountsOver(read: Access, sealer: Sealer): Accounts {
  /** Opening and hashing happen after the read: others wait for the database, and need not wait for this. */
  async function hashed(rows: readonly AccountRow[]): Promise<readonly Account[]> {
    const accounts: Account[] = []
    await inBatches(rows, async (batch) => {
      for (const row of batch) accounts.push(accountOf(row, sealer))
    })
    return accounts
  }
  return {
    mark: () => read(findMark),
    async since(mark) {
      const { rows, ...state } = await read(async (db) => {
        const changed = mark === undefined ? 'everything' : await changedSubjects(db, mark)
        return { mark: await findMark(db), changed, rows: await accountRows(db, changed) }
      })
      return { ...state, accounts: await hashed(rows) }
    },
    page: async (query) => hashed(await read((db) => accountsPage(db, query))),
    async find(user, domain) {
      const accounts = await hashed(await read((db) => accountsOfUser(db, user)))
      const wanted = domain.toLowerCase()
      return accounts.find((account) => account.user === user && account.domain.toLowerCase() === wanted)
    },
  }
}

function accountOf(row: AccountRow, sealer: Sealer): Account {
  const { id, number, kind, company, domain } = row
  const line = {
    number,
    ...given('firstName', row.first_name),
    ...given('lastName', row.last_name),
    ...given('name', row.name),
    sip: given('user', row.sip_user),
  }
  const user = sipUser(line)
  const password = sealer.open(row.sip_password, linePassword(number))
  const secret = `${user}:${domain}:${password}`
  return {
    id,
    number,
    kind,
    company,
    displayName: displayName(line),
    user,
    domain,
    ha1: hash('md5', secret),
    ha1b: hash('md5', `${user}@${domain}:${domain}:${password}`),
    ha1Sha256: hash('sha256', secret),
  }
}
