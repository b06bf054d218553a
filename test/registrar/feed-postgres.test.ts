import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { updateFeed } from '../../src/registrar/feed.ts'
import { openFeedStorage } from '../../src/registrar/feed-database.ts'
import { startFeedKeeper, updateFeedOnce } from '../../src/registrar/feed-keeper.ts'
import { largeFleet, opened, temporaryFolder } from '../store/support.ts'
import { type Postgres, postgresPrograms, startPostgres } from './postgres.ts'
import { first, fleet, keeping, listeningLog, second, withPassword } from './support.ts'

const programs = postgresPrograms()
const mayBeMissing = process.env.BOOTLINE_TEST_COMPLETE === undefined

test.skipIf(programs === undefined && mayBeMissing)('PostgreSQL is installed for the tests', () => {
  expect(programs, 'bash scripts/test-packages.sh installs it').toBeDefined()
})

describe.skipIf(programs === undefined)('the registrar’s database on PostgreSQL', () => {
  let server: Postgres
  beforeAll(async () => {
    server = await startPostgres(programs ?? '')
  })
  afterAll(() => server.stop())

  /** A connection of that user, for the time of the test. */
  async function client(user = 'bootline'): Promise<pg.Client> {
    const connected = new pg.Client({ connectionString: server.urlOf(user) })
    await connected.connect()
    onTestFinished(() => connected.end())
    return connected
  }

  async function emptied(): Promise<pg.Client> {
    const admin = await client()
    await admin.query('drop schema public cascade; create schema public')
    return admin
  }

  async function started() {
    const admin = await emptied()
    const store = await opened({ folder: await temporaryFolder() })
    const storage = await openFeedStorage({ url: server.url })
    onTestFinished(() => storage.close())
    return { admin, store, save: keeping(store), storage }
  }

  test('a reader with rights on the view alone sees accounts as they are now', async () => {
    const { admin, store, save, storage } = await started()
    await save(fleet(first, second))
    expect(await updateFeed(storage, store.accounts, 'changes')).toMatchObject({ written: 2, removed: 0 })
    await admin.query(
      'create role kamailio login; grant usage on schema public to kamailio; grant select on subscriber, version to kamailio',
    )
    const reader = await client('kamailio')
    const asked = 'select username, password, ha1 from subscriber order by id'
    const before = (await reader.query(asked)).rows
    expect(before.map(({ username, password }) => [username, password])).toEqual([
      ['33483050173', ''],
      ['own.user', ''],
    ])
    await save(fleet(withPassword(first, 'renewed')))
    expect(await updateFeed(storage, store.accounts, 'changes')).toMatchObject({ written: 1, removed: 1 })
    const after = (await reader.query(asked)).rows
    expect(after).toHaveLength(1)
    expect(after[0].ha1).toBe((await store.accounts.find('33483050173', 'sip.example.net'))?.ha1)
    expect(after[0].ha1).not.toBe(before[0].ha1)
    await expect(reader.query('select * from bootline_account')).rejects.toMatchObject({ code: '42501' })
    const { rows } = await reader.query('select table_version from version where table_name = $1', [
      'subscriber',
    ])
    expect(rows).toEqual([{ table_version: 7 }])
  })

  test('two processes that come at the same moment make it once', async () => {
    const { admin, store, save } = await started()
    await save([largeFleet(1200)])
    await Promise.all([1, 2, 3].map(() => updateFeedOnce({ url: server.url }, store.accounts)))
    const { rows } = await admin.query('select count(*)::int as count from subscriber')
    expect(rows).toEqual([{ count: 1200 }])
  })

  test('a subscriber table of somebody else is left as it is', async () => {
    const admin = await emptied()
    const store = await opened({ folder: await temporaryFolder() })
    await admin.query('create table subscriber (id int)')
    await expect(updateFeedOnce({ url: server.url }, store.accounts)).rejects.toMatchObject({
      code: 'feed-not-ours',
    })
  })

  test('a schema of its own does for the user that comes to it first', async () => {
    const admin = await emptied()
    await admin.query(`create table subscriber (id int);
      drop schema if exists feed cascade; create schema feed;
      create role feeder login; grant all on schema feed to feeder; alter role feeder set search_path = feed`)
    const store = await opened({ folder: await temporaryFolder() })
    await keeping(store)(fleet(first))
    await updateFeedOnce({ url: server.urlOf('feeder') }, store.accounts)
    const { rows } = await admin.query('select username from feed.subscriber')
    expect(rows).toEqual([{ username: '33483050173' }])
  })

  test('a broken connection is made anew, and no password of an address is told', async () => {
    const { admin, store, save } = await started()
    await save(fleet(first))
    const { log, told, next } = listeningLog()
    const caughtUp = next(/has the new accounts/)
    const keeper = startFeedKeeper({ where: { url: server.url }, accounts: store.accounts, log })
    onTestFinished(() => keeper.close())
    await caughtUp
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bootline'`,
    )
    const followed = next(/has the new accounts/)
    await save(fleet(first, second))
    await followed
    const wrong = server.url.replace('bootline@', 'nobody:Zq8-of-address@').replace(/postgres$/, 'missing')
    const failed = next(/PostgreSQL answers/)
    const failing = startFeedKeeper({ where: { url: wrong }, accounts: store.accounts, log })
    await failed
    await failing.close()
    expect(JSON.stringify(told)).not.toContain('Zq8')
  })
})
