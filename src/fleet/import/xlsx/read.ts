import { refuseLarge, type Sheet } from '../sheet.ts'
import { damaged, openPackage } from './package.ts'
import { sheetRows } from './sheet-rows.ts'
import { readWorkbook } from './workbook.ts'

/** More sheets than this are none of ours. */
const mostSheets = 20

/** The sheets of an Excel workbook, read while it is unpacked. */
export async function readXlsx(bytes: Uint8Array): Promise<readonly Sheet[]> {
  refuseLarge(bytes.byteLength)
  const parts = await openPackage(bytes)
  const workbook = await readWorkbook(parts)
  if (workbook.sheets.length === 0) throw damaged()
  const sheets: Sheet[] = []
  for (const { name, part } of workbook.sheets.slice(0, mostSheets)) {
    sheets.push({ name, rows: await sheetRows(parts.text(part), workbook) })
  }
  return sheets
}
