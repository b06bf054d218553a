import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect } from 'vitest'
import { makeDeviceAccount } from '../../src/fleet/passwords.ts'
import { restoreBackup } from '../../src/store/restore.ts'
import {
  change,
  company,
  fileTest,
  largeFleet,
  opened,
  operator,
  richFleet,
  save,
  temporaryFolder,
} from './support.ts'

const later = [company('Later')]

/** A store whose backup holds the rich fleet and which itself has gone on. */
async function backedUp(): Promise<{ folder: string; file: string }> {
  const folder = await temporaryFolder()
  const file = join(await temporaryFolder(), 'copy.db')
  const store = await opened({ folder })
  await save(store, [], richFleet)
  await store.backup(file)
  await save(store, richFleet, later)
  await store.close()
  return { folder, file }
}

fileTest('a backup is one file, for its owner alone, and never overwrites another', async () => {
  const { folder, file } = await backedUp()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(file, '..'))).toEqual(['copy.db'])
  const before = await readFile(file)
  const store = await opened({ folder })
  await expect(store.backup(file)).rejects.toMatchObject({ code: 'store-backup-exists' })
  expect((await readFile(file)).equals(before)).toBe(true)
  await expect(store.backup(join(folder, 'no', 'where.db'))).rejects.toMatchObject({
    code: 'store-backup-bad',
  })
})

fileTest('a backup taken in the midst of a write holds the moment before it', async () => {
  const folder = await temporaryFolder()
  const file = join(await temporaryFolder(), 'copy.db')
  const [store, other] = [await opened({ folder }), await opened({ folder })]
  await save(store, [], richFleet)
  let backup: Promise<void> | undefined
  const large = largeFleet(600)
  await store.write(operator, (w) =>
    w.saveDiff(
      [
        {
          name: large.name,
          settings: { after: company('Grande') },
          sites: large.sites.map((after) => ({ after })),
          lines: large.lines.map((after) => ({ after })),
        },
      ],
      [],
      {
        summary: 's',
        passwordOrigin: () => 'server',
        makeAccount: makeDeviceAccount,
        onProgress: () => {
          backup ??= other.backup(file)
        },
      },
    ),
  )
  await backup
  const copy = await temporaryFolder()
  await copyFile(join(folder, 'bootline.key'), join(copy, 'bootline.key'))
  await restoreBackup({ folder: copy, file })
  expect(await (await opened({ folder: copy })).readFleet({ secrets: true })).toStrictEqual(richFleet)
})

fileTest('a restore brings the backup back and keeps what it replaces', async () => {
  const { folder, file } = await backedUp()
  const aside = await restoreBackup({ folder, file, now: () => 0 })
  expect(aside).toBe(join(folder, 'backups', 'replaced-19700101T000000000Z.db'))
  const store = await opened({ folder })
  expect(await store.readFleet({ secrets: true })).toStrictEqual(richFleet)
  await store.close()
  await restoreBackup({ folder, file: String(aside) })
  expect(await (await opened({ folder })).readFleet({ secrets: true })).toStrictEqual(later)
})

fileTest('a restore into an empty folder takes the key that is put there first', async () => {
  const { folder, file } = await backedUp()
  const fresh = await temporaryFolder()
  await copyFile(join(folder, 'bootline.key'), join(fresh, 'bootline.key'))
  expect(await restoreBackup({ folder: fresh, file })).toBeUndefined()
  expect((await stat(join(fresh, 'bootline.db'))).mode & 0o777).toBe(0o600)
  expect(await (await opened({ folder: fresh })).readFleet({ secrets: true })).toStrictEqual(richFleet)
})

fileTest('a damaged database is replaced too', async () => {
  const { folder, file } = await backedUp()
  await writeFile(join(folder, 'bootline.db'), 'rubbish'.repeat(1000))
  await writeFile(join(folder, 'bootline.db-wal'), 'rubbish')
  const aside = String(await restoreBackup({ folder, file }))
  expect(await readFile(aside, 'utf8')).toMatch(/^rubbish/)
  expect(await (await opened({ folder })).readFleet({ secrets: true })).toStrictEqual(richFleet)
})

fileTest('while the store is open nothing is replaced', async () => {
  const { folder, file } = await backedUp()
  const store = await opened({ folder })
  await expect(restoreBackup({ folder, file })).rejects.toMatchObject({ code: 'store-in-use' })
  expect(await store.readFleet({ secrets: true })).toStrictEqual(later)
  expect((await readdir(folder)).filter((name) => name.includes('draft'))).toEqual([])
})

fileTest('what is not a healthy backup that fits is refused, and nothing is touched', async () => {
  const { folder, file } = await backedUp()
  const refused = async (other: string, code: string): Promise<void> => {
    const before = await readFile(join(folder, 'bootline.db'))
    await expect(restoreBackup({ folder, file: other })).rejects.toMatchObject({ code })
    expect((await readFile(join(folder, 'bootline.db'))).equals(before)).toBe(true)
    expect((await readdir(folder)).toSorted()).toEqual(['bootline.db', 'bootline.key'])
  }
  const place = await temporaryFolder()
  const other = join(place, 'bootline.db')
  await refused(other, 'store-backup-bad')
  await writeFile(other, '')
  await refused(other, 'store-backup-bad')
  await writeFile(other, 'not a database')
  await refused(other, 'store-backup-bad')
  await writeFile(other, (await readFile(file)).subarray(0, 20_000))
  await refused(other, 'store-backup-bad')
  await rm(other)
  change(place, 'create table other (id integer)')
  await refused(other, 'store-backup-bad')
  await copyFile(file, other)
  change(place, `update meta set value = '77' where name = 'schema-version'`)
  await refused(other, 'store-newer')
  const stranger = await temporaryFolder()
  const foreign = join(stranger, 'foreign.db')
  await (await opened({ folder: stranger })).backup(foreign)
  await refused(foreign, 'store-key-wrong')
})

fileTest('of the copies it makes itself the newest stay, and all that somebody put beside them', async () => {
  const { folder, file } = await backedUp()
  const backups = join(folder, 'backups')
  await mkdir(backups)
  const own = (i: number) => `replaced-202611${String(i).padStart(2, '0')}T000000000Z.db`
  for (let i = 1; i <= 12; i++) await copyFile(file, join(backups, own(i)))
  await writeFile(`${join(backups, own(2))}-wal`, '')
  const others = ['before-002-20200101T000000000Z.db', 'before-upgrade.db', 'replaced-by-hand.db']
  for (const name of others) await copyFile(file, join(backups, name))
  const restored = join(backups, own(1))
  const aside = await restoreBackup({ folder, file: restored, now: () => Date.UTC(2026, 11, 1) })
  const newest = Array.from({ length: 9 }, (_, i) => own(i + 4))
  const left = (await readdir(backups)).filter((name) => !join(backups, name).startsWith(`${aside}-`))
  expect(left.toSorted()).toEqual([...others, ...newest, own(1), basename(String(aside))].toSorted())
})
