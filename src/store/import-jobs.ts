import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { takeIds } from './counters.ts'
import type { Access } from './devices.ts'
import { insertRows } from './insert.ts'
import { given } from './rows.ts'
import type { ImportJobRow, ImportState, Queries } from './tables.ts'

/** An import that goes on after its request was answered. */
export interface ImportJob {
  readonly id: number
  /** Who began it, and alone is told of it. */
  readonly owner: string
  readonly state: ImportState
  /** How many were read; unknown until then. */
  readonly rows?: number
  readonly beganAt: number
  readonly endedAt?: number
  /** What came of it, or why nothing did. */
  readonly outcome?: object
}

export interface ImportJobs {
  /** Forgets what ended before `forgetBefore`, and says the number of a new one. */
  begin(begun: {
    readonly owner: string
    readonly at: number
    readonly forgetBefore: number
  }): Promise<number>
  /** All its rows are read. */
  check(id: number, rows: number): Promise<void>
  end(id: number, state: 'done' | 'failed', outcome: object, at: number): Promise<void>
  find(id: number, owner: string): Promise<ImportJob | undefined>
  /** At the start of a server: what an earlier one left unfinished has come to nothing; says how many. */
  abandon(outcome: object, at: number): Promise<number>
}

export function importJobsOver(read: Access, write: Access): ImportJobs {
  return {
    begin: (begun) => write((db) => begin(db, begun)),
    check: (id, rows) => write((db) => change(db, id, { state: 'checking', rows })),
    async end(id, state, outcome, at) {
      const packed = await pack(outcome)
      await write((db) => change(db, id, { state, outcome: packed, ended_at: at }))
    },
    async find(id, owner) {
      const row = await read((db) =>
        db
          .selectFrom('import_job')
          .selectAll()
          .where('id', '=', id)
          .where('owner', '=', owner)
          .executeTakeFirst(),
      )
      return row && jobOfRow(row)
    },
    async abandon(outcome, at) {
      const packed = await pack(outcome)
      const { numUpdatedRows } = await write((db) =>
        db
          .updateTable('import_job')
          .set({ state: 'failed', outcome: packed, ended_at: at })
          .where('ended_at', 'is', null)
          .executeTakeFirst(),
      )
      return Number(numUpdatedRows)
    },
  }
}

async function begin(
  db: Queries,
  { owner, at, forgetBefore }: Parameters<ImportJobs['begin']>[0],
): Promise<number> {
  await db.deleteFrom('import_job').where('ended_at', '<', forgetBefore).execute()
  const id = await takeIds(db, 'import_job', 1)
  const fresh = { state: 'reading' as const, rows: null, ended_at: null, outcome: null }
  await insertRows(db, 'import_job', [{ id, owner, began_at: at, ...fresh }])
  return id
}

async function change(db: Queries, id: number, values: Partial<ImportJobRow>): Promise<void> {
  await db.updateTable('import_job').set(values).where('id', '=', id).execute()
}

/** A result for each of many rows is long, and says nearly the same of each. */
function pack(outcome: object): Promise<Buffer> {
  return promisify(gzip)(JSON.stringify(outcome))
}

async function jobOfRow({ id, owner, state, rows, outcome, ...row }: ImportJobRow): Promise<ImportJob> {
  const unpacked = outcome && (await promisify(gunzip)(outcome)).toString('utf8')
  return {
    id,
    owner,
    state,
    ...given('rows', rows),
    beganAt: row.began_at,
    ...given('endedAt', row.ended_at),
    ...(unpacked === null ? {} : { outcome: JSON.parse(unpacked) }),
  }
}
