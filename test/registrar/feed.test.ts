import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { updateFeed } from '../../src/registrar/feed.ts'
import { openFeedStorage } from '../../src/registrar/feed-database.ts'
import { startFeedKeeper, updateFeedOnce } from '../../src/registrar/feed-keeper.ts'
import type { FeedStorage } from '../../src/registrar/feed-storage.ts'
import type { Store } from '../../src/store/store.ts'
import { company, largeFleet, line, opened, temporaryFolder } from '../store/support.ts'
import { first, fleet, keeping, listeningLog, second, sharedFolder, withPassword } from './support.ts'

interface Started {
  readonly store: Store
  readonly save: ReturnType<typeof keeping>
  readonly file: string
  readonly storage: FeedStorage
}

async function started(): Promise<Started> {
  const store = await opened({ folder: await temporaryFolder() })
  const file = join(await sharedFolder(), 'registrar.db')
  const storage = await openFeedStorage({ file })
  onTestFinished(() => storage.close())
  return { store, save: keeping(store), file, storage }
}

/** What Kamailio sees. */
function subscribers(file: string): Record<string, unknown>[] {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare('select * from subscriber order by id').all() as Record<string, unknown>[]
  } finally {
    db.close()
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

test('Kamailio finds its own table’s columns, hashes in them, and no password', async () => {
  const { store, save, file, storage } = await started()
  await save(fleet(first, second))
  expect(await updateFeed(storage, store.accounts, 'changes')).toMatchObject({ written: 2, removed: 0 })
  expect(subscribers(file)).toStrictEqual([
    {
      id: 1,
      username: '33483050173',
      domain: 'sip.example.net',
      password: '',
      ha1: md5('33483050173:sip.example.net:Zq8-first-secret'),
      ha1b: md5('33483050173@sip.example.net:sip.example.net:Zq8-first-secret'),
      ha1_sha256: createHash('sha256').update('33483050173:sip.example.net:Zq8-first-secret').digest('hex'),
    },
    expect.objectContaining({ id: 2, username: 'own.user' }),
  ])
  const db = new Database(file, { readonly: true })
  onTestFinished(() => void db.close())
  expect(db.prepare('select table_name, table_version from version').all()).toEqual([
    { table_name: 'subscriber', table_version: 7 },
  ])
  expect(db.prepare('select * from bootline_account').all().map(String).join()).not.toContain('secret')
})

test('a renewed password is another hash at once, and nothing else is written', async () => {
  const { store, save, file, storage } = await started()
  await save(fleet(first, second))
  await updateFeed(storage, store.accounts, 'changes')
  const [, untouched] = subscribers(file)
  await save(fleet(withPassword(first, 'Zq8-renewed'), second))
  expect(await updateFeed(storage, store.accounts, 'changes')).toMatchObject({ written: 1, removed: 0 })
  const [renewed, other] = subscribers(file)
  expect(renewed?.ha1).toBe(md5('33483050173:sip.example.net:Zq8-renewed'))
  expect(other).toStrictEqual(untouched)
})

test('removed lines and companies leave, and lines may exchange their users', async () => {
  const { store, save, file, storage } = await started()
  const own = { ...first, sip: { user: 'a', password: 'x' } }
  const other = { ...second, sip: { user: 'b', password: 'y' } }
  const third = company('B', { lines: [line('+33187044093', { sip: { password: 'z' } })] })
  await save([...fleet(own, other), third])
  await updateFeed(storage, store.accounts, 'changes')
  await save([
    ...fleet({ ...own, sip: { user: 'b', password: 'x' } }, { ...other, sip: { user: 'a', password: 'y' } }),
    third,
  ])
  await updateFeed(storage, store.accounts, 'changes')
  expect(subscribers(file).map(({ id, username }) => [id, username])).toEqual([
    [1, 'b'],
    [2, 'a'],
    [3, '33187044093'],
  ])
  await save(fleet({ ...own, sip: { user: 'b', password: 'x' } }))
  expect(await updateFeed(storage, store.accounts, 'changes')).toMatchObject({ written: 0, removed: 2 })
  expect(subscribers(file).map(({ username }) => username)).toEqual(['b'])
})

test('another domain changes every account of the company', async () => {
  const { store, save, file, storage } = await started()
  await save(fleet(first, second))
  await updateFeed(storage, store.accounts, 'changes')
  await save([company('A', { sip: { domain: 'new.example', transport: 'udp' }, lines: [first, second] })])
  await updateFeed(storage, store.accounts, 'changes')
  expect(subscribers(file).map(({ domain, ha1 }) => [domain, ha1])).toEqual([
    ['new.example', md5('33483050173:new.example:Zq8-first-secret')],
    ['new.example', md5('own.user:new.example:Zq8-second-secret')],
  ])
})

test('what somebody did to the file is put right when everything is compared', async () => {
  const { store, save, file, storage } = await started()
  await save(fleet(first, second))
  await updateFeed(storage, store.accounts, 'everything')
  const right = subscribers(file)
  const db = new Database(file)
  db.exec(`delete from bootline_account where id = 1; update bootline_account set ha1 = 'x' where id = 2;
    insert into bootline_account select 99, number, company, 'stranger', domain, ha1, ha1b, ha1_sha256
    from bootline_account where id = 2`)
  db.close()
  expect(await updateFeed(storage, store.accounts, 'changes')).toMatchObject({ written: 0, removed: 0 })
  expect(await updateFeed(storage, store.accounts, 'everything')).toMatchObject({ written: 2, removed: 1 })
  expect(subscribers(file)).toStrictEqual(right)
})

test('of two writers the later one never writes what is older', async () => {
  const { store, save, file, storage } = await started()
  await save(fleet(first))
  await updateFeed(storage, store.accounts, 'changes')
  const another = await openFeedStorage({ file })
  onTestFinished(() => another.close())
  const slow = {
    ...store.accounts,
    since: async (mark: string | undefined) => {
      const since = await store.accounts.since(mark)
      // While this one has read and not yet written, the fleet moves on and another process comes.
      await save(fleet(withPassword(first, 'newest')))
      overtaking = updateFeed(another, store.accounts, 'changes')
      return since
    },
  }
  let overtaking: Promise<unknown> = Promise.resolve()
  await save(fleet(withPassword(first, 'newer')))
  await updateFeed(storage, slow, 'changes')
  await overtaking
  expect(subscribers(file)[0]?.ha1).toBe(md5('33483050173:sip.example.net:newest'))
})

test('the file is for its owner to write and its group to read, and a reader needs no more than that', async () => {
  const { store, save, file, storage } = await started()
  await save(fleet(first))
  await updateFeed(storage, store.accounts, 'changes')
  expect((await stat(file)).mode & 0o777).toBe(0o640)
  await storage.close()
  await chmod(dirname(file), 0o555)
  await chmod(file, 0o440)
  onTestFinished(() => chmod(dirname(file), 0o755))
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', strangerSource, file])
  expect(stdout).toBe('33483050173')
})

/** A superuser may everything: the reader becomes somebody else, of the file's group. */
const strangerSource = `
const Database = require('better-sqlite3')
if (process.getuid() === 0) {
  process.setgid(require('node:fs').statSync(process.argv[1]).gid)
  process.setgroups([])
  process.setuid(65534)
}
const db = new Database(process.argv[1], { readonly: true })
process.stdout.write(db.prepare('select username from subscriber').pluck().all().join())
`

test('a reader in the middle of its reading does not stop a change', async () => {
  const { store, save, file, storage } = await started()
  await save(fleet(first, second))
  await updateFeed(storage, store.accounts, 'changes')
  const reader = new Database(file, { readonly: true })
  onTestFinished(() => void reader.close())
  const rows = reader.prepare('select id from subscriber').iterate()
  rows.next()
  await save(fleet(first))
  const written = updateFeed(storage, store.accounts, 'changes')
  // The reader is done while the writer waits for it.
  setTimeout(() => rows.return?.(), 100)
  await written
  expect(subscribers(file)).toHaveLength(1)
})

test('a file that is something else is left as it is', async () => {
  const { store, save } = await started()
  await save(fleet(first))
  const folder = await sharedFolder()
  const text = join(folder, 'notes.txt')
  await writeFile(
    text,
    'these are notes, not a database, and they are long enough to be read as a header'.repeat(9),
  )
  await expect(updateFeedOnce({ file: text }, store.accounts)).rejects.toMatchObject({
    code: 'feed-not-ours',
  })
  const kamailio = join(folder, 'kamailio.db')
  const db = new Database(kamailio)
  db.exec('create table subscriber (id integer primary key, username text)')
  db.close()
  await expect(updateFeedOnce({ file: kamailio }, store.accounts)).rejects.toMatchObject({
    code: 'feed-not-ours',
  })
  const own = join(folder, 'bootline.db')
  await store.backup(own)
  await expect(updateFeedOnce({ file: own }, store.accounts)).rejects.toMatchObject({
    code: 'feed-not-ours',
  })
})

test('a damaged file is said to be, and not written into', async () => {
  const { store, save, file, storage } = await started()
  await save([largeFleet(500)])
  await updateFeed(storage, store.accounts, 'changes')
  await storage.close()
  const bytes = await readFile(file)
  await writeFile(file, bytes.fill(0x7a, 8192, 40_960))
  await expect(updateFeedOnce({ file }, store.accounts)).rejects.toMatchObject({ code: 'feed-damaged' })
  expect(await readFile(file)).toEqual(bytes)
})

test('a folder that does not exist is said plainly', async () => {
  const { store } = await started()
  const file = join(await sharedFolder(), 'missing', 'registrar.db')
  await expect(updateFeedOnce({ file }, store.accounts)).rejects.toMatchObject({
    code: 'feed-unreachable',
    message: expect.stringContaining('ENOENT'),
  })
})

test('a running server follows the fleet, and comes back when the database does', async () => {
  const { store, save, file } = await started()
  await save(fleet(first))
  const { log, told, next } = listeningLog()
  const other = join(await sharedFolder(), 'later')
  const atFirst = next(/cannot be opened/)
  const keeper = startFeedKeeper({ where: { file: join(other, 'r.db') }, accounts: store.accounts, log })
  await atFirst
  await keeper.close()
  expect(told.filter(({ level }) => level === 'error')).toHaveLength(1)

  const caughtUp = next(/has the new accounts/)
  const running = startFeedKeeper({ where: { file }, accounts: store.accounts, log })
  onTestFinished(() => running.close())
  expect((await caughtUp).fields).toEqual({ written: 1, removed: 0 })
  const followed = next(/has the new accounts/)
  await save(fleet(first, second))
  expect((await followed).fields).toEqual({ written: 1, removed: 0 })
  await save(fleet(withPassword(first, 'x'), second))
  await running.refresh()
  expect(subscribers(file)[0]?.ha1).toBe(md5('33483050173:sip.example.net:x'))
  expect(JSON.stringify(told)).not.toContain('secret')
})

test('ten thousand accounts, and one of them renewed', async () => {
  const { store, save, file, storage } = await started()
  const large = largeFleet(10_000)
  await save([large])
  expect(await updateFeed(storage, store.accounts, 'changes')).toMatchObject({ written: 10_000 })
  const lines = large.lines.with(77, withPassword(large.lines[77] ?? first, 'x'))
  await save([{ ...large, lines }])
  expect(await updateFeed(storage, store.accounts, 'changes')).toMatchObject({ written: 1, removed: 0 })
  expect(subscribers(file)).toHaveLength(10_000)
})
