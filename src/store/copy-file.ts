import { dirname } from 'node:path'
import { writeWhole } from './backup.ts'
import { copyTables } from './copy-tables.ts'
import { layoutOf } from './files.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { atOneMoment } from './one-moment.ts'
import { openSqliteDatabase } from './sqlite-database.ts'
import type { Queries } from './tables.ts'

/** Copies what a server holds into a file, as it is at one moment: such a file is a backup like any other. */
export async function copyToFile(reading: Queries, target: string): Promise<void> {
  await writeWhole(target, async (draft) => {
    const layout = { ...layoutOf(dirname(draft)), database: draft }
    const file = await openSqliteDatabase(layout, 0)
    try {
      await migrate(file, layout, migrations, Date.now)
      await atOneMoment(reading, (from) =>
        file.writing.transaction().execute((to) => copyTables(from, to, () => {})),
      )
    } finally {
      await file.close()
    }
  })
}
