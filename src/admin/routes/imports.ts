import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { locales } from '../../domain/intent.ts'
import { tableKinds } from '../../fleet/import/columns.ts'
import { csvText, exportedRows, exportedSheets } from '../../fleet/import/export.ts'
import { readImport } from '../../fleet/import/read.ts'
import { maxImportBytes } from '../../fleet/import/sheet.ts'
import { templateRows, templateSheets } from '../../fleet/import/template.ts'
import { writeXlsx } from '../../fleet/import/xlsx/write.ts'
import { readBody } from '../http/body.ts'
import { type Route, route } from '../route.ts'
import { readTableOf, shownTable } from './imports-cells.ts'
import { bringIn, importBody, importOf, importQuery } from './imports-done.ts'
import { importJobRoutes } from './imports-jobs.ts'

const importSheet = route({
  id: 'importSheet',
  method: 'post',
  path: '/imports',
  summary: 'Bring in lines and keys from CSV or an Excel workbook, all of them or none',
  tag: 'imports',
  action: 'import.write',
  of: 'fleet',
  query: importQuery.extend({
    cells: z
      .enum(['true', 'false'])
      .optional()
      .describe('true: the answer has what was read, to be corrected'),
  }),
  body: importBody,
  read: readBody,
  bodyLimit: maxImportBytes,
  answer: importOf.extend({ tables: z.array(readTableOf).optional() }),
  async handle(call) {
    const tables = await readImport(call.body as Uint8Array, call.query.kind)
    const body = await bringIn(call, tables)
    return { body: call.query.cells === 'true' ? { ...body, tables: tables.map(shownTable) } : body }
  },
})

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const exportSheet = route({
  id: 'exportSheet',
  method: 'get',
  path: '/imports/sheet',
  summary: 'Lines and keys as an import takes them, or a template to be filled in',
  tag: 'imports',
  action: 'fleet.export',
  of: 'fleet',
  query: z.strictObject({
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
    kind: z.enum(tableKinds).default('lines').describe('Of CSV; a workbook has both'),
    language: z.enum(locales).optional().describe("Of the titles; the caller's when left out"),
    template: z.enum(['true', 'false']).optional(),
    company: z.string().max(80).optional(),
  }),
  answer: { contentType: workbookType },
  async handle({ who, query, services }) {
    const { format, kind, company, language = who.locale } = query
    const { companies: own } = extentOf(who, 'fleet.export')
    const asked = company === undefined ? own : own && !own.includes(company) ? [] : [company]
    const isTemplate = query.template === 'true'
    const companies = isTemplate
      ? []
      : await services.store.readFleet({ secrets: false, ...(asked ? { companies: asked } : {}) })
    const disposition = {
      'Content-Disposition': `attachment; filename="${isTemplate ? 'template' : kind}.${format}"`,
    }
    if (format === 'xlsx') {
      const sheets = isTemplate ? templateSheets(language) : exportedSheets(companies, language)
      return { body: await writeXlsx(sheets), headers: disposition }
    }
    const rows = isTemplate ? templateRows(kind, language) : exportedRows(kind, companies, language)
    return {
      body: [...csvText(rows)].join(''),
      headers: { ...disposition, 'Content-Type': 'text/csv; charset=utf-8' },
    }
  },
})

export const importRoutes: readonly Route[] = [importSheet, exportSheet, ...importJobRoutes]
