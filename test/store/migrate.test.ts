import { copyFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openWindow } from '../../src/domain/window.ts'
import { makeDeviceAccount } from '../../src/fleet/passwords.ts'
import { intent } from '../../src/store/migrations/001-intent.ts'
import { migrations } from '../../src/store/migrations/index.ts'
import type { Migration } from '../../src/store/migrations/migration.ts'
import {
  backToVersion1,
  change,
  fileTest,
  impact,
  opened,
  richFleet,
  rows,
  save,
  temporaryFolder,
} from './support.ts'

const newest = migrations.length

/** What there is, and a step like the ones to come. */
function next(up: Migration['up']): readonly Migration[] {
  return [...migrations, { version: newest + 1, name: 'next', up }]
}

/** The rich fleet in a database of today's version. */
async function filled(): Promise<string> {
  const folder = await temporaryFolder()
  const store = await opened({ folder })
  await save(store, [], richFleet)
  await store.close()
  return folder
}

/** Older versions do not know how a company's devices are told. */
const olderFleet = richFleet.map(({ reboot, ...rest }) => rest)

function version(folder: string): unknown {
  return rows(folder, `select value from meta where name = 'schema-version'`)[0]?.value
}

test('released migrations are numbered without gaps', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, i) => i + 1))
})

fileTest('a migration keeps every record, and a copy of how it was before', async () => {
  const folder = await filled()
  const options = { folder, now: () => Date.UTC(2026, 10, 21, 3, 4, 5, 6) }
  const floors = next(async (db) => {
    await db.schema.alterTable('site').addColumn('floor', 'integer').execute()
  })
  const store = await opened(options, { migrations: floors })
  expect(await store.readFleet({ secrets: true })).toStrictEqual(richFleet)
  expect(version(folder)).toBe(String(newest + 1))
  const [backup] = await readdir(join(folder, 'backups'))
  expect(backup).toBe(`before-${String(newest + 1).padStart(3, '0')}-20261121T030405006Z.db`)

  const old = await temporaryFolder()
  await copyFile(join(folder, 'backups', String(backup)), join(old, 'bootline.db'))
  await copyFile(join(folder, 'bootline.key'), join(old, 'bootline.key'))
  const before = await opened({ folder: old })
  expect(await before.readFleet({ secrets: true })).toStrictEqual(richFleet)
})

fileTest('version 2 knows every device that was linked, and completes them once', async () => {
  const folder = await filled()
  backToVersion1(folder)
  const [fresh, made] = [await temporaryFolder(), `select name, sql from sqlite_schema order by name`]
  await (await opened({ folder: fresh }, { migrations: [intent] })).close()
  expect(rows(folder, made)).toEqual(rows(fresh, made))

  const store = await opened({ folder })
  expect(await store.readFleet({ secrets: true })).toStrictEqual(olderFleet)
  const model = (mac: string, id: string, name: string, site: string): object => {
    return { mac, model: id, company: name, site, state: 'linked', generation: 0 }
  }
  expect(await store.devices.deviceStates({ limit: 10 })).toEqual([
    model('00908f000001', 'audiocodes/mp-202b', 'Toine Immo', 'Grasse'),
    model('64167fb269d6', 'polycom/vvx-450', 'Toine Immo', 'Nice'),
    model('805ec0112233', 'yealink/w60b', 'Toine Immo', 'Grasse'),
    model('805ec0445566', 'yealink/w60b', 'Banque', 'Grasse'),
  ])
  expect(await store.devices.completeDevices(makeDeviceAccount, 7)).toBe(4)
  expect(await store.devices.completeDevices(makeDeviceAccount, 8)).toBe(0)
  const users = new Set<string | undefined>()
  for (const { state } of await store.devices.readDevices(['00908f000001', '64167fb269d6', '805ec0112233'])) {
    users.add(state.account?.user)
    expect(state.window).toEqual(openWindow(7))
    expect(await store.devices.deviceByAccount(String(state.account?.user))).toEqual(state)
  }
  expect(users.size).toBe(3)
})

fileTest('version 3 keeps what version 2 knew, and begins with an empty queue', async () => {
  const folder = await filled()
  backToVersion1(folder)
  await (await opened({ folder }, { migrations: migrations.slice(0, 2) })).close()
  change(folder, `update device set last_seen_at = 1, account_user = mac`)
  const known = rows(folder, 'select mac, company, site, state, last_seen_at from device order by mac')
  expect(known).toHaveLength(4)

  const store = await opened({ folder, now: () => 5 })
  expect(await store.readFleet({ secrets: true })).toStrictEqual(olderFleet)
  expect(rows(folder, 'select mac, company, site, state, last_seen_at from device order by mac')).toEqual(
    known,
  )
  expect(await store.reboots.jobs({ limit: 10 })).toEqual([])
  const mac = '805ec0445566'
  await save(store, [], [], [impact(mac, 'kept', { company: 'Banque' })])
  expect(await store.reboots.jobs({ limit: 10 })).toMatchObject([{ mac, company: 'Banque', dueAt: 5 }])
})

fileTest('version 10 finds people by the names that were there before', async () => {
  const folder = await filled()
  backToVersion1(folder)
  await (await opened({ folder }, { migrations: migrations.slice(0, 9) })).close()
  const store = await opened({ folder })
  const found = await store.findLines({ limit: 10, text: 'BIEL stéphane' })
  expect(found.items.map(({ line }) => line.number)).toEqual(['+33483050175'])
})

fileTest('a new database is not copied, and each migration runs once', async () => {
  const folder = await temporaryFolder()
  let runs = 0
  const counted = next(async () => {
    runs++
  })
  const stores = await Promise.all([1, 2, 3].map(() => opened({ folder }, { migrations: counted })))
  for (const store of stores) await store.close()
  await opened({ folder }, { migrations: counted })
  expect(runs).toBe(1)
  expect(await readdir(folder)).not.toContain('backups')
})

fileTest('a table that others refer to can be built anew without losing what refers to it', async () => {
  const folder = await filled()
  const migrations = next(async (db) => {
    await sql`create table site_new (id integer primary key, company_id integer not null, name text not null,
      address text, timezone text)`.execute(db)
    await sql`insert into site_new select id, company_id, name, address, timezone from site`.execute(db)
    await sql`drop table site`.execute(db)
    await sql`alter table site_new rename to site`.execute(db)
  })
  const store = await opened({ folder }, { migrations })
  expect(await store.readFleet({ secrets: true })).toStrictEqual(richFleet)
})

test.each([
  ['fails', async (): Promise<never> => Promise.reject(new Error('no'))],
  [
    'leaves references that lead nowhere',
    async (db: Parameters<Migration['up']>[0]) => {
      await sql`delete from company`.execute(db)
    },
  ],
])('a migration that %s leaves the old version whole', async (_, up) => {
  const folder = await filled()
  const migrations = next(async (db) => {
    await sql`drop table line_key`.execute(db)
    await up(db)
  })
  await expect(opened({ folder }, { migrations })).rejects.toThrow()
  expect(version(folder)).toBe(String(newest))
  const store = await opened({ folder })
  expect(await store.readFleet({ secrets: true })).toStrictEqual(richFleet)
})

fileTest('a crash within a migration leaves the old version whole', async () => {
  const folder = await filled()
  const crashed = await temporaryFolder()
  const migrations = next(async (db) => {
    await sql`pragma cache_size = 1`.execute(db)
    await sql`update audit set before = hex(randomblob(200000))`.execute(db)
    await sql`drop table line_key`.execute(db)
    // What a killed process leaves on disk: all that it has written so far, and nothing after.
    for (const name of ['bootline.db', 'bootline.db-wal', 'bootline.key']) {
      await copyFile(join(folder, name), join(crashed, name))
    }
  })
  await (await opened({ folder }, { migrations })).close()
  expect((await stat(join(crashed, 'bootline.db-wal'))).size).toBeGreaterThan(100_000)
  expect(version(crashed)).toBe(String(newest))
  const store = await opened({ folder: crashed })
  expect(await store.readFleet({ secrets: true })).toStrictEqual(richFleet)
})

test('a database without a version that can be read is not migrated', async () => {
  const folder = await filled()
  change(folder, `update meta set value = 'x' where name = 'schema-version'`)
  await expect(opened({ folder })).rejects.toMatchObject({ code: 'store-corrupt' })
})
