import { postgresPrograms, startPostgres } from '../registrar/postgres.ts'

/** Starts the PostgreSQL that all tests of this run share, when they are to run on one. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.BOOTLINE_TEST_DATABASE !== 'postgresql') return undefined
  const programs = postgresPrograms()
  if (programs === undefined) throw new Error('PostgreSQL 15 or later is not installed')
  const postgres = await startPostgres(programs)
  process.env.BOOTLINE_TEST_DATABASE_URL = postgres.url
  return () => postgres.stop()
}
