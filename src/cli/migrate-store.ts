import { existsSync } from 'node:fs'
import { layoutOf } from '../store/files.ts'
import { moveStore } from '../store/move.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { storeOptions } from './fleet-store.ts'

/** The address may hold a password: it is taken from the setting, for arguments are seen by everybody on a machine. */
export const migrateStore = command({
  name: 'migrate-store',
  summary: 'Copy the database of the data folder into the PostgreSQL of BOOTLINE_DATABASE_URL',
  examples: ['BOOTLINE_DATABASE_URL=postgresql://bootline@db.example.net/bootline bootline migrate-store'],
  options: {},
  async run(context) {
    const { databaseUrl, ...where } = storeOptions(context.settings())
    if (databaseUrl === undefined)
      throw new Refusal(
        'database-url-missing',
        'BOOTLINE_DATABASE_URL is not set: it is unknown where the copy should go',
        'set it to the postgresql:// address of an empty database',
      )
    const { database, folder } = layoutOf(where.folder)
    if (!existsSync(database))
      throw new Refusal(
        'store-missing',
        `there is no database in ${folder}`,
        'set BOOTLINE_DATA to the folder that is meant; an empty PostgreSQL needs no copy to start with',
      )
    const progress = context.progress('rows copied:')
    const tables = await moveStore({ ...where, to: databaseUrl, tell: (done) => progress.at(done) }).finally(
      () => progress.end(),
    )
    const filled = tables.filter(({ rows }) => rows > 0)
    const rows = filled.reduce((sum, table) => sum + table.rows, 0)
    context.show({ rows, tables: filled }, () =>
      [
        `Copied ${rows} rows of ${filled.length} tables; each table reads back as it was.`,
        `From now on start Bootline with this BOOTLINE_DATABASE_URL. ${database} stays as it is.`,
      ].join('\n'),
    )
    return 0
  },
})
