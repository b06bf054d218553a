import { execFileSync } from 'node:child_process'
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeDeviceAccount } from '../../src/fleet/passwords.ts'
import {
  change,
  company,
  deferred,
  fileTest,
  largeFleet,
  onServer,
  opened,
  operator,
  richFleet,
  save,
  temporaryFolder,
} from './support.ts'

const asRoot = process.getuid?.() === 0

/** A disk of its own for one test; needs root. */
async function disk(options: string): Promise<string> {
  const folder = await temporaryFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder])
  })
  return folder
}

async function filled(): Promise<string> {
  const folder = await temporaryFolder()
  const store = await opened({ folder })
  await save(store, [], richFleet)
  await store.close()
  return folder
}

test('the folder and what is in it belong to their owner alone', async () => {
  const folder = join(await temporaryFolder(), 'a', 'data')
  const store = await opened({ folder })
  await save(store, [], richFleet)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  for (const name of await readdir(folder)) {
    expect([name, (await stat(join(folder, name))).mode & 0o777]).toEqual([name, 0o600])
  }
})

test('a wrong key is refused before anything is read or written', async () => {
  const folder = await filled()
  const key = '00'.repeat(32)
  await expect(opened({ folder, key })).rejects.toMatchObject({ code: 'store-key-wrong' })
  await expect(opened({ folder, key: 'nonsense' })).rejects.toMatchObject({ code: 'store-key-wrong' })
})

test('a key given as a value leaves no file', async () => {
  const folder = await temporaryFolder()
  const key = 'ab'.repeat(32)
  const store = await opened({ folder, key })
  await save(store, [], richFleet)
  await store.close()
  expect(await readdir(folder)).not.toContain('bootline.key')
  const again = await opened({ folder, key })
  expect(await again.readFleet({ secrets: true })).toStrictEqual(richFleet)
})

test('a key may be given as its bytes, and is the same key as its text', async () => {
  const folder = await temporaryFolder()
  const bytes = new Uint8Array(32).fill(0xab)
  const store = await opened({ folder, key: bytes })
  await save(store, [], richFleet)
  await store.close()
  const again = await opened({ folder, key: 'ab'.repeat(32) })
  expect(await again.readFleet({ secrets: true })).toStrictEqual(richFleet)
  for (const key of [new Uint8Array(32), bytes.subarray(1), new Uint8Array()]) {
    await expect(opened({ folder, key })).rejects.toMatchObject({ code: 'store-key-wrong' })
  }
})

test('a lost key is said plainly, and no new one is made in its place', async () => {
  const folder = await filled()
  await rm(join(folder, 'bootline.key'))
  await expect(opened({ folder })).rejects.toMatchObject({ code: 'store-key-missing' })
  expect(await readdir(folder)).not.toContain('bootline.key')
})

test('a key file that others may read is refused, with the way out', async () => {
  const folder = await filled()
  await chmod(join(folder, 'bootline.key'), 0o640)
  await expect(opened({ folder })).rejects.toMatchObject({
    code: 'store-key-open',
    remedy: `run: chmod 600 ${join(folder, 'bootline.key')}`,
  })
})

test('a database of a newer version is left alone', async () => {
  const folder = await filled()
  change(folder, `update meta set value = '9999' where name = 'schema-version'`)
  await expect(opened({ folder })).rejects.toMatchObject({ code: 'store-newer' })
})

fileTest(
  'a file that is no database, or another program’s, is named damaged with the newest backup',
  async () => {
    const folder = await filled()
    await writeFile(
      join(folder, 'bootline.db'),
      'not a database at all, and long enough to be looked at'.repeat(20),
    )
    await expect(opened({ folder })).rejects.toMatchObject({
      code: 'store-corrupt',
      remedy: 'restore a backup of it',
    })
    const backup = join(folder, 'backups', 'before.db')
    await rm(join(folder, 'bootline.db'))
    change(folder, 'create table other (id integer)')
    const store = await opened({ folder: await temporaryFolder() })
    execFileSync('mkdir', [join(folder, 'backups')])
    await store.backup(backup)
    const refused = opened({ folder })
    await expect(refused).rejects.toMatchObject({ code: 'store-corrupt' })
    await expect(refused).rejects.toMatchObject({ remedy: expect.stringContaining(backup) })
  },
)

fileTest('the check finds damage in the midst of the file', async () => {
  const folder = await temporaryFolder()
  const store = await opened({ folder })
  await save(store, [], [largeFleet(300)])
  await store.check()
  await store.close()
  const file = join(folder, 'bootline.db')
  const bytes = await readFile(file)
  bytes.fill(0xff, Math.floor(bytes.length * 0.6), Math.floor(bytes.length * 0.9))
  await writeFile(file, bytes)
  const damaged = await opened({ folder })
  await expect(damaged.check()).rejects.toMatchObject({ code: 'store-corrupt' })
})

test('a file in the place of the folder is refused', async () => {
  const folder = join(await temporaryFolder(), 'file')
  await writeFile(folder, '')
  await expect(opened({ folder })).rejects.toMatchObject({ code: 'store-read-only' })
})

test.skipIf(!asRoot)('a disk that is read-only is refused (needs root to mount one)', async () => {
  const folder = await disk('size=4m,mode=700')
  const store = await opened({ folder })
  await store.close()
  execFileSync('mount', ['-o', 'remount,ro', folder])
  await expect(opened({ folder })).rejects.toMatchObject({ code: 'store-read-only' })
})

// Root may write everywhere: for root the read-only disk above is the test.
const asUser = asRoot ? () => {} : test
asUser('a folder that may not be written is refused', async () => {
  const folder = await filled()
  await chmod(folder, 0o500)
  await expect(opened({ folder })).rejects.toMatchObject({ code: 'store-read-only' })
  await chmod(folder, 0o700)
})

test.skipIf(!asRoot || onServer)(
  'a full disk changes nothing, and the store goes on once there is room',
  async () => {
    const folder = await disk('size=2m,mode=700')
    const store = await opened({ folder })
    await save(store, [], richFleet)
    const large = [...richFleet, largeFleet(4000)]
    await expect(save(store, richFleet, large)).rejects.toMatchObject({ code: 'store-full' })
    expect(await store.readFleet({ secrets: true })).toStrictEqual(richFleet)
    const files = await readdir(folder)
    await expect(store.backup(join(folder, 'backup.db'))).rejects.toMatchObject({ code: 'store-full' })
    expect(await readdir(folder)).toEqual(files)
    execFileSync('mount', ['-o', 'remount,size=64m', folder])
    await save(store, richFleet, large)
    expect(await store.readFleet({ secrets: true })).toStrictEqual(large)
  },
)

test.skipIf(!asRoot || onServer)('a disk that is full from the start is said to be full', async () => {
  const folder = await disk('size=16k,mode=700')
  await expect(opened({ folder })).rejects.toMatchObject({ code: 'store-full' })
})

test('two handles write one after the other; readers do not wait for either', async () => {
  const folder = await temporaryFolder()
  const [one, two] = [await opened({ folder }), await opened({ folder })]
  const order: string[] = []
  const started = deferred()
  const goOn = deferred()
  const first = one.write(operator, async (w) => {
    started.resolve()
    await goOn.promise
    await w.saveDiff([{ name: 'A', settings: { after: company('A') }, sites: [], lines: [] }], [], {
      summary: 'first',
      passwordOrigin: () => 'server',
      makeAccount: makeDeviceAccount,
    })
    order.push('first')
  })
  await started.promise
  const second = two.write(operator, async (w) => {
    order.push('second')
    return (await w.readFleet({ secrets: false })).map((c) => c.name)
  })
  expect(await one.readFleet({ secrets: false })).toEqual([])
  expect(await two.generation()).toBe(0)
  goOn.resolve()
  expect(await second).toEqual(['A'])
  await first
  expect(order).toEqual(['first', 'second'])
})

test('a write that waits too long for another says so, and leaves the store usable', async () => {
  const folder = await temporaryFolder()
  const [one, two] = [await opened({ folder }), await opened({ folder }, { patience: 60 })]
  await one.write(operator, async () => {
    await expect(two.write(operator, async () => 'never')).rejects.toMatchObject({ code: 'store-busy' })
  })
  expect(await two.write(operator, async () => 'now')).toBe('now')
})

test('any number of first starts on one folder end with one store', async () => {
  const folder = await temporaryFolder()
  const stores = await Promise.all(Array.from({ length: 5 }, () => opened({ folder })))
  const [first, ...others] = stores
  if (first) await save(first, [], richFleet)
  for (const other of others) expect(await other.readFleet({ secrets: true })).toStrictEqual(richFleet)
})
