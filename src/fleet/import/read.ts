import type { TableKind } from './columns.ts'
import { readCsv } from './csv.ts'
import { type Table, tablesOf } from './table.ts'

/** A file of rows, whatever it is written in. */
export async function readImport(bytes: Uint8Array, kind?: TableKind): Promise<readonly Table[]> {
  return tablesOf([readCsv(bytes)], kind)
}
