import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { moveStore } from '../../src/store/move.ts'
import { restoreBackup } from '../../src/store/restore.ts'
import { openStore, type Store, type StoreOptions } from '../../src/store/store.ts'
import { type Postgres, postgresPrograms, startPostgres } from '../registrar/postgres.ts'
import { impact, largeFleet, link, richFleet, save, temporaryFolder } from './support.ts'

const programs = postgresPrograms()
const mayBeMissing = process.env.BOOTLINE_TEST_COMPLETE === undefined

test.skipIf(programs === undefined && mayBeMissing)('PostgreSQL is installed for the tests', () => {
  expect(programs, 'bash scripts/test-packages.sh installs it').toBeDefined()
})

describe.skipIf(programs === undefined)('a store that goes to PostgreSQL', () => {
  let server: Postgres
  beforeAll(async () => {
    server = await startPostgres(programs ?? '')
  })
  afterAll(() => server.stop())

  /** An empty database of its own. */
  async function database(): Promise<{ url: string; query(text: string): Promise<pg.QueryResult> }> {
    const name = `d${crypto.randomUUID().replaceAll('-', '')}`
    const url = new URL(server.url)
    const query = async (at: string, text: string) => {
      const client = new pg.Client({ connectionString: at })
      await client.connect()
      return client.query(text).finally(() => client.end())
    }
    await query(server.url, `create database ${name}`)
    url.pathname = `/${name}`
    return { url: url.href, query: (text) => query(url.href, text) }
  }

  async function opened(options: StoreOptions): Promise<Store> {
    const store = await openStore(options)
    onTestFinished(() => store.close())
    return store
  }

  const fleet = [...richFleet, largeFleet(700)]

  let original = ''
  beforeAll(async () => {
    original = await mkdtemp(join(tmpdir(), 'bootline-move-'))
    await fill(original)
  })
  afterAll(() => rm(original, { recursive: true, force: true }))

  async function filled(): Promise<string> {
    const folder = await temporaryFolder()
    await cp(original, folder, { recursive: true })
    return folder
  }

  async function fill(folder: string): Promise<void> {
    const store = await openStore({ folder, messages: true })
    await link(store, fleet)
    await store.devices.saveTaken([
      {
        mac: '64167fb269d6',
        company: 'Toine Immo',
        revision: 'r1',
        at: 5,
        files: [{ name: 'a.cfg', contentType: 'text/plain', body: 'é\n'.repeat(500) }],
      },
    ])
    await store.close()
  }

  test('everything is there: passwords, keys, what devices took, who changed what', async () => {
    const folder = await filled()
    const { url } = await database()
    const done: number[] = []
    const tables = await moveStore({ folder, to: url, tell: (rows) => done.push(rows) })
    expect(done.length).toBeGreaterThan(10)
    expect(done.at(-1)).toBe(tables.reduce((sum, { rows }) => sum + rows, 0))
    const [before, after] = [await opened({ folder }), await opened({ folder, databaseUrl: url })]
    expect(await after.readFleet({ secrets: true })).toStrictEqual(fleet)
    expect(await after.generation()).toBe(await before.generation())
    expect(await after.findAudit({ limit: 5000 })).toEqual(await before.findAudit({ limit: 5000 }))
    expect(await after.devices.takenOf('64167fb269d6')).toEqual(await before.devices.takenOf('64167fb269d6'))
    // It goes on where it stopped: nothing that is new has the number of something old.
    expect(await save(after, fleet, richFleet, [impact('805ec0000001', 'unlinked')])).toBe(2)
  })

  test('a database that is in use, or holds a store already, is left alone', async () => {
    const folder = await filled()
    const { url } = await database()
    const move = () => moveStore({ folder, to: url, tell: () => {} })
    const store = await openStore({ folder })
    await expect(move()).rejects.toMatchObject({ code: 'store-in-use' })
    await store.close()
    await move()
    await expect(move()).rejects.toMatchObject({ code: 'store-not-empty' })
  })

  test('whoever was cut off may begin again: nothing was kept', async () => {
    const folder = await filled()
    const { url, query } = await database()
    const cut = () => {
      throw new Error('cut off')
    }
    await expect(moveStore({ folder, to: url, tell: cut })).rejects.toThrow('cut off')
    expect((await query('select * from line')).rows).toEqual([])
    await moveStore({ folder, to: url, tell: () => {} })
    expect((await query('select count(*)::int from line')).rows).toEqual([{ count: 706 }])
  })

  test('a row that does not read back as it was written undoes the whole copy', async () => {
    const folder = await filled()
    const { url, query } = await database()
    await (await openStore({ folder: await temporaryFolder(), databaseUrl: url })).close()
    await query(`delete from meta where name = 'key-check'; delete from change;
      create function spoil() returns trigger language plpgsql as 'begin new.label = upper(new.label); return new; end';
      create trigger spoil before insert on line_key for each row execute function spoil()`)
    await expect(moveStore({ folder, to: url, tell: () => {} })).rejects.toMatchObject({
      code: 'store-copy-differs',
    })
    expect((await query('select * from line')).rows).toEqual([])
  })

  test('its backup is a file like any other, and comes back into either kind of database', async () => {
    const folder = await filled()
    const { url } = await database()
    await moveStore({ folder, to: url, tell: () => {} })
    const store = await opened({ folder, databaseUrl: url })
    const file = join(await temporaryFolder(), 'backup.db')
    await store.backup(file)
    await expect(store.backup(file)).rejects.toMatchObject({ code: 'store-backup-exists' })
    const key = await readFile(join(folder, 'bootline.key'), 'utf8')

    const alone = await temporaryFolder()
    await restoreBackup({ folder: alone, key, file })
    expect(await (await opened({ folder: alone, key })).readFleet({ secrets: true })).toStrictEqual(fleet)

    const other = { folder: await temporaryFolder(), key, databaseUrl: (await database()).url }
    await restoreBackup({ ...other, file })
    expect(await (await opened(other)).readFleet({ secrets: true })).toStrictEqual(fleet)
    await expect(restoreBackup({ ...other, file })).rejects.toMatchObject({ code: 'store-not-empty' })
  })

  test('a server that is not there, or lets nobody in, is said plainly and without the address', async () => {
    const folder = await temporaryFolder()
    for (const databaseUrl of [
      'postgresql://me:Zq8-secret@127.0.0.1:9/none',
      server.url.replace('/postgres', '/none'),
    ]) {
      const refused = await openStore({ folder, databaseUrl }).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'store-unreachable' })
      expect(String(refused)).not.toMatch(/Zq8|127\.0\.0\.1/)
    }
  })
})
