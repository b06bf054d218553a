import { type Company, locales } from '../domain/intent.ts'
import { tableKinds } from '../fleet/import/columns.ts'
import { csvText, exportedRows, exportedSheets } from '../fleet/import/export.ts'
import { templateRows, templateSheets } from '../fleet/import/template.ts'
import { writeXlsx } from '../fleet/import/xlsx/write.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'

export interface SheetOptions {
  readonly csv?: string | undefined
  readonly xlsx?: boolean | undefined
  readonly language?: string | undefined
}

/** Writes a spreadsheet: of these companies, or a template where there are none to write. */
export async function putSheet(
  context: Context,
  { csv, xlsx, language = 'en' }: SheetOptions,
  companies: readonly Company[] | undefined,
): Promise<void> {
  const kind = tableKinds.find((each) => each === csv)
  const locale = locales.find((each) => each === language)
  if (!locale) throw new Refusal('usage', `there is no language "${language}"`, locales.join(', or '))
  if (xlsx) {
    if (context.isTerminal) {
      throw new Refusal('usage', 'a workbook is nothing to read here', 'send it to a file: > fleet.xlsx')
    }
    const sheets = companies ? exportedSheets(companies, locale) : templateSheets(locale)
    return context.bytes(await writeXlsx(sheets))
  }
  if (!kind) throw new Refusal('usage', `there is no table "${csv}"`, tableKinds.join(', or '))
  const rows = companies ? exportedRows(kind, companies, locale) : templateRows(kind, locale)
  context.bytes(Buffer.from([...csvText(rows)].join('')))
}
