import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { locales } from '../../domain/intent.ts'
import { discreetReader } from '../../fleet/discreet.ts'
import { planOfImport } from '../../fleet/import/apply.ts'
import { tableKinds } from '../../fleet/import/columns.ts'
import { csvText, exportedRows, exportedSheets } from '../../fleet/import/export.ts'
import { readImport } from '../../fleet/import/read.ts'
import { rowOutcomes } from '../../fleet/import/results.ts'
import { maxImportBytes } from '../../fleet/import/sheet.ts'
import { type ImportStudy, studyImport } from '../../fleet/import/study.ts'
import { templateRows, templateSheets } from '../../fleet/import/template.ts'
import { writeXlsx } from '../../fleet/import/xlsx/write.ts'
import type { FleetReader } from '../../store/store.ts'
import { readBody } from '../http/body.ts'
import { type Route, route } from '../route.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { problemOf } from './fleet-plan.ts'

const importOf = z.object({
  applied: z.boolean().describe('Whether anything was changed'),
  refused: z.int(),
  problems: z.array(problemOf).describe('Of titles, by the letter of the column'),
  rows: z.array(
    z.object({
      kind: z.enum(tableKinds),
      sheet: z.string().optional(),
      row: z.int(),
      line: z.string().optional(),
      result: z.enum(rowOutcomes),
      device: z.enum(['reboot', 'quiet-hours']).optional().describe('When its device hears of it'),
      problems: z.array(
        problemOf
          .omit({ path: true })
          .extend({ column: z.string().optional(), title: z.string().optional() }),
      ),
    }),
  ),
})

const importSheet = route({
  id: 'importSheet',
  method: 'post',
  path: '/imports',
  summary: 'Bring in lines and keys from CSV or an Excel workbook, all of them or none',
  tag: 'imports',
  action: 'import.write',
  of: 'fleet',
  query: dryRunQuery.extend({
    kind: z.enum(tableKinds).optional().describe('What the rows are; otherwise the titles say it'),
    company: z.string().max(80).optional().describe('The company of rows that name none'),
    skipBadRows: z.enum(['true', 'false']).optional().describe('true: rows with faults are left out'),
  }),
  body: z.unknown().meta({ type: 'string', format: 'binary', description: 'The file as it is' }),
  read: readBody,
  bodyLimit: maxImportBytes,
  answer: importOf,
  async handle(call) {
    const { who, query, services } = call
    const { companies: within } = extentOf(who, 'import.write')
    const { kind, company } = query
    const tables = await readImport(call.body as Uint8Array, kind)
    const options = { ...(within ? { within } : {}), ...(company === undefined ? {} : { company }) }
    const study = (reader: FleetReader) => studyImport(reader, tables, services.catalogue, options)
    if (isDryRun(call)) {
      return { body: shown(await study(discreetReader(services.store, who.companies)), false) }
    }
    let made: ImportStudy | undefined
    const plan = async (reader: FleetReader) => {
      made = await study(reader)
      return planOfImport(made, query.skipBadRows === 'true')
    }
    const done = await carryOut(call, { plan }, false)
    return { body: made && shown(made, done.diff.length > 0) }
  },
})

function shown({ rows, problems, refused }: ImportStudy, applied: boolean): object {
  return { applied, refused, problems, rows }
}

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

export const importRoutes: readonly Route[] = [importSheet, exportSheet]
