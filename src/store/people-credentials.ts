import type { Access } from './devices.ts'
import { PeopleFailure } from './people-failure.ts'
import { given } from './rows.ts'
import { type Sealer, secondFactor } from './seal.ts'
import type { Queries } from './tables.ts'

/** What somebody proves himself with. None of it leaves the server. */
export interface Credentials {
  /** An argon2id hash. */
  readonly password?: string
  /** The second factor's secret. */
  readonly totp?: Buffer
  /** Whether it is asked for; until then it is only being set up. */
  readonly totpOn: boolean
  readonly subject?: string
  readonly recoveryCodes: number
}

export interface CredentialStore {
  of(person: number): Promise<Credentials>
  setPassword(person: number, hash: string): Promise<void>
  /** Takes the place of what was being set up; refused while one is in use. */
  beginSecondFactor(person: number, secret: Buffer): Promise<void>
  startSecondFactor(person: number, step: number, at: number, recovery: readonly string[]): Promise<void>
  dropSecondFactor(person: number): Promise<void>
  /** Whether it was the first use of a code of that step or a later one. */
  takeStep(person: number, step: number): Promise<boolean>
  /** Whether there was such a code; it is gone then. */
  takeRecoveryCode(person: number, hash: string): Promise<boolean>
  replaceRecoveryCodes(person: number, hashes: readonly string[]): Promise<void>
  /** The account at a provider that this person came with. */
  bindSubject(person: number, subject: string): Promise<void>
  signedIn(person: number, at: number): Promise<void>
}

export function credentialsOver(read: Access, write: Access, sealer: Sealer): CredentialStore {
  return {
    of: (person) => read((db) => credentialsOf(db, sealer, person)),
    async setPassword(person, password) {
      await write((db) => db.updateTable('person').set({ password }).where('id', '=', person).execute())
    },
    async beginSecondFactor(person, secret) {
      const totp = sealer.seal(secret.toString('base64url'), secondFactor(person))
      const { numUpdatedRows } = await write((db) =>
        db
          .updateTable('person')
          .set({ totp, totp_step: null })
          .where('id', '=', person)
          .where('totp_since', 'is', null)
          .executeTakeFirst(),
      )
      if (numUpdatedRows === 0n) throw alreadyOn()
    },
    startSecondFactor: (person, step, at, recovery) =>
      write(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('person')
          .set({ totp_since: at, totp_step: step })
          .where('id', '=', person)
          .where('totp_since', 'is', null)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw alreadyOn()
        await replaceCodes(db, person, recovery)
      }),
    dropSecondFactor: (person) =>
      write(async (db) => {
        await db
          .updateTable('person')
          .set({ totp: null, totp_since: null, totp_step: null })
          .where('id', '=', person)
          .execute()
        await replaceCodes(db, person, [])
      }),
    takeStep: (person, step) =>
      write(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('person')
          .set({ totp_step: step })
          .where('id', '=', person)
          .where((e) => e.or([e('totp_step', 'is', null), e('totp_step', '<', step)]))
          .executeTakeFirst()
        return numUpdatedRows > 0n
      }),
    takeRecoveryCode: (person, hash) =>
      write(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('recovery_code')
          .where('person_id', '=', person)
          .where('hash', '=', hash)
          .executeTakeFirst()
        return numDeletedRows > 0n
      }),
    replaceRecoveryCodes: (person, hashes) => write((db) => replaceCodes(db, person, hashes)),
    async bindSubject(person, subject) {
      await write((db) => db.updateTable('person').set({ subject }).where('id', '=', person).execute())
    },
    async signedIn(person, at) {
      await write((db) =>
        db.updateTable('person').set({ last_sign_in_at: at }).where('id', '=', person).execute(),
      )
    },
  }
}

async function credentialsOf(db: Queries, sealer: Sealer, person: number): Promise<Credentials> {
  const row = await db
    .selectFrom('person')
    .select(['password', 'totp', 'totp_since', 'subject'])
    .where('id', '=', person)
    .executeTakeFirst()
  const { count } = await db
    .selectFrom('recovery_code')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('person_id', '=', person)
    .executeTakeFirstOrThrow()
  const totp = row?.totp && Buffer.from(sealer.open(row.totp, secondFactor(person)), 'base64url')
  return {
    ...given('password', row?.password),
    ...given('totp', totp || undefined),
    totpOn: (row?.totp_since ?? null) !== null,
    ...given('subject', row?.subject),
    recoveryCodes: Number(count),
  }
}

async function replaceCodes(db: Queries, person: number, hashes: readonly string[]): Promise<void> {
  await db.deleteFrom('recovery_code').where('person_id', '=', person).execute()
  if (hashes.length === 0) return
  await db
    .insertInto('recovery_code')
    .values(hashes.map((hash) => ({ person_id: person, hash })))
    .execute()
}

function alreadyOn(): PeopleFailure {
  return new PeopleFailure(
    'second-factor-on',
    'a second factor is in use already',
    'take it off first, then set up another',
  )
}
