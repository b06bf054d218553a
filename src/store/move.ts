import { resolve } from 'node:path'
import type { Held } from './copy-tables.ts'
import { translating } from './errors.ts'
import { layoutOf } from './files.ts'
import { fillServer } from './fill-server.ts'
import { openBound, type Where } from './opening.ts'
import { lockOut } from './sqlite.ts'

export interface Move extends Omit<Where, 'databaseUrl'> {
  /** Where to: a PostgreSQL that holds nothing yet. */
  readonly to: string
  /** Says how many rows are there. */
  readonly tell: (done: number) => void
}

/** Copies the database of a data folder, which nobody may use meanwhile; the file stays as it is. */
export async function moveStore({ to, tell, ...where }: Move): Promise<readonly Held[]> {
  const layout = layoutOf(resolve(where.folder), where.keyFile)
  return translating(layout, async () => {
    lockOut(layout)?.close()
    const { database } = await openBound(where)
    try {
      return await fillServer(database, layout, to, tell)
    } finally {
      await database.close()
    }
  })
}
