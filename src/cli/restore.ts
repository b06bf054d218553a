import { restoreBackup } from '../store/restore.ts'
import { command } from './command.ts'
import { storeOptions } from './fleet-store.ts'

export const restore = command({
  name: 'restore',
  summary: 'Put a backup in the place of the database; the server must not run',
  operands: ['FILE'],
  examples: ['bootline restore /var/backups/bootline-2026-11-20.db'],
  options: { yes: { type: 'boolean', short: 'y', about: 'do it without asking' } },
  async run(context, { yes = false }, [file = '']) {
    const options = storeOptions(context.settings())
    // An empty PostgreSQL is filled, and one that is not is left alone: there is nothing to replace, so nothing to ask.
    const asks = !yes && options.databaseUrl === undefined
    if (asks && !(await context.confirm(`Replace the database in ${options.folder} by ${file}?`))) return 1
    const aside = await restoreBackup({ ...options, file })
    context.show(
      { file, aside },
      () => `Restored ${file}.${aside === undefined ? '' : ` The former database is now ${aside}.`}`,
    )
    return 0
  },
})
