import type { TableKind } from './columns.ts'
import { readCsv } from './csv.ts'
import { type Table, tablesOf } from './table.ts'
import { locked } from './xlsx/package.ts'
import { readXlsx } from './xlsx/read.ts'

/** A file of rows; what it is written in shows in its first bytes, whatever it is called. */
export async function readImport(bytes: Uint8Array, kind?: TableKind): Promise<readonly Table[]> {
  if (begins(bytes, [0x50, 0x4b, 0x03, 0x04])) return tablesOf(await readXlsx(bytes), kind)
  // A file in the file system of old Office: of Excel 97, or a workbook under a password.
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw locked()
  return tablesOf([await readCsv(bytes)], kind)
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte)
}
