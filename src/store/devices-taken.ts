import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { insertRows } from './insert.ts'
import type { Queries } from './tables.ts'

/** A file as it is kept: its secrets are other texts. */
export interface TakenFile {
  readonly name: string
  readonly contentType: string
  readonly body: string
}

/** That a device has all files of a revision, since when, and whose it was then. */
export interface Taking {
  readonly mac: string
  readonly company: string
  readonly revision: string
  readonly at: number
}

export interface Taken extends Taking {
  readonly files: readonly TakenFile[]
}

/** Of these devices, the linked ones that are in sync by files not kept yet. */
export async function takingsToKeep(db: Queries, macs: readonly string[]): Promise<readonly Taking[]> {
  const rows = await db
    .selectFrom('device')
    .leftJoin('device_taken', 'device_taken.mac', 'device.mac')
    .select(['device.mac', 'device.company', 'device.delivered_revision', 'device.delivered_at'])
    .where('device.mac', 'in', [...macs, ''])
    .where('device.state', '=', 'linked')
    .whereRef('device.delivered_revision', '=', 'device.revision')
    .where(({ or, eb }) =>
      or([
        eb('device_taken.revision', 'is', null),
        eb('device_taken.revision', '<>', eb.ref('device.delivered_revision')),
        eb('device_taken.company', '<>', eb.ref('device.company')),
        eb('device_taken.at', '<', eb.ref('device.linked_at')),
      ]),
    )
    .orderBy('device.mac')
    .execute()
  return rows.flatMap(({ mac, company, delivered_revision: revision, delivered_at: at }) =>
    revision === null || at === null ? [] : [{ mac, company, revision, at }],
  )
}

export interface PackedTaken extends Taking {
  readonly packed: Buffer
}

/** Files of one device resemble each other and themselves: packed, they are a tenth. */
export async function packed({ files, ...taking }: Taken): Promise<PackedTaken> {
  return { ...taking, packed: await promisify(gzip)(JSON.stringify(files)) }
}

/** A device may have been forgotten meanwhile: nothing is kept of such a one. */
export async function saveTaken(db: Queries, all: readonly PackedTaken[]): Promise<void> {
  const macs = all.map(({ mac }) => mac)
  const known = await db
    .selectFrom('device')
    .select('mac')
    .where('mac', 'in', [...macs, ''])
    .execute()
  const there = new Set(known.map(({ mac }) => mac))
  const rows = all.filter(({ mac }) => there.has(mac)).map(({ packed: files, ...row }) => ({ ...row, files }))
  await insertRows(db, 'device_taken', rows, 'overwrite')
}

/** What a device took last while it was what it is now: what it had from an earlier owner is not shown to the next. */
export async function takenOf(db: Queries, mac: string): Promise<PackedTaken | undefined> {
  const row = await db
    .selectFrom('device_taken')
    .innerJoin('device', 'device.mac', 'device_taken.mac')
    .selectAll('device_taken')
    .where('device.mac', '=', mac)
    .where('device.state', '=', 'linked')
    .whereRef('device.company', '=', 'device_taken.company')
    .where(({ or, eb }) =>
      or([eb('device.linked_at', 'is', null), eb('device_taken.at', '>=', eb.ref('device.linked_at'))]),
    )
    .executeTakeFirst()
  return row && { mac, company: row.company, revision: row.revision, at: row.at, packed: row.files }
}

export async function unpacked({ packed: files, ...taking }: PackedTaken): Promise<Taken> {
  return { ...taking, files: JSON.parse((await promisify(gunzip)(files)).toString('utf8')) }
}
