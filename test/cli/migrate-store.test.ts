import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { main } from '../../src/main.ts'
import { openStore } from '../../src/store/store.ts'
import { postgresPrograms, startPostgres } from '../registrar/postgres.ts'
import { link, richFleet } from '../store/support.ts'
import { fakeWorld } from './fake-world.ts'
import { dataFolder } from './running.ts'

const programs = postgresPrograms()
const mayBeMissing = process.env.BOOTLINE_TEST_COMPLETE === undefined

interface Run {
  readonly code: number
  readonly stdout: string
}

async function migrated(folder: string, url?: string): Promise<Run> {
  const world = fakeWorld()
  const env = { BOOTLINE_DATA: folder, ...(url === undefined ? {} : { BOOTLINE_DATABASE_URL: url }) }
  const code = await main(['migrate-store', '--json'], { ...world, env })
  return { code, stdout: world.written.stdout() }
}

const codeIn = ({ stdout }: Run): string => JSON.parse(stdout).error.code

test('where to, and that there is something to copy, has to be known', async () => {
  const folder = dataFolder()
  expect(codeIn(await migrated(folder))).toBe('database-url-missing')
  const refused = await migrated(join(folder, 'none'), 'postgresql://me:Zq8-secret@127.0.0.1:9/x')
  expect(codeIn(refused)).toBe('store-missing')
  expect(refused.stdout).not.toContain('Zq8')
})

test.skipIf(programs === undefined && mayBeMissing)(
  'the fleet is there afterwards, and the verb says how much it was (needs PostgreSQL)',
  async () => {
    const postgres = await startPostgres(programs ?? '')
    onTestFinished(() => postgres.stop())
    const folder = dataFolder()
    const before = await openStore({ folder })
    await link(before, richFleet)
    await before.close()
    const { code, stdout } = await migrated(folder, postgres.url)
    expect(code).toBe(0)
    const told = JSON.parse(stdout)
    expect(told.tables).toContainEqual(expect.objectContaining({ table: 'company', rows: 3 }))
    expect(told.rows).toBeGreaterThan(20)
    const after = await openStore({ folder, databaseUrl: postgres.url })
    expect(await after.readFleet({ secrets: true })).toStrictEqual(richFleet)
    await after.close()
    expect(codeIn(await migrated(folder, postgres.url))).toBe('store-not-empty')
  },
)
