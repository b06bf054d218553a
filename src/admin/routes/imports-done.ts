import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { discreetReader } from '../../fleet/discreet.ts'
import { planOfImport } from '../../fleet/import/apply.ts'
import { tableKinds } from '../../fleet/import/columns.ts'
import { rowOutcomes } from '../../fleet/import/results.ts'
import { type ImportStudy, studyImport } from '../../fleet/import/study.ts'
import type { Table } from '../../fleet/import/table.ts'
import type { FleetReader } from '../../store/store.ts'
import type { Call } from '../route.ts'
import { carryOut, dryRunQuery, isDryRun } from './fleet-change.ts'
import { problemOf } from './fleet-plan.ts'

export const importOf = z.object({
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

export const importQuery = dryRunQuery.extend({
  kind: z.enum(tableKinds).optional().describe('What the rows are; otherwise the titles say it'),
  company: z.string().max(80).optional().describe('The company of rows that name none'),
  skipBadRows: z.enum(['true', 'false']).optional().describe('true: rows with faults are left out'),
})

export const importBody = z
  .unknown()
  .meta({ type: 'string', format: 'binary', description: 'The file as it is' })

export type ImportCall = Pick<
  Call<unknown, z.output<typeof importQuery>, unknown>,
  'who' | 'query' | 'services'
>

/** Tries an import or does it, as far as who asks may. */
export async function bringIn(
  call: ImportCall,
  tables: readonly Table[],
  onProgress?: (done: number, total: number) => void,
): Promise<z.input<typeof importOf>> {
  const { who, query, services } = call
  const { companies: within } = extentOf(who, 'import.write')
  const { company } = query
  const options = { ...(within ? { within } : {}), ...(company === undefined ? {} : { company }) }
  const study = (reader: FleetReader) => studyImport(reader, tables, services.catalogue, options)
  if (isDryRun(call)) return shown(await study(discreetReader(services.store, who.companies)), false)
  let made: ImportStudy | undefined
  const plan = async (reader: FleetReader) => {
    made = await study(reader)
    return planOfImport(made, query.skipBadRows === 'true')
  }
  const done = await carryOut(call, { plan, ...(onProgress ? { onProgress } : {}) }, false)
  if (!made) throw new Error('an import ended without its study')
  return shown(made, done.diff.length > 0)
}

function shown({ rows, problems, refused }: ImportStudy, applied: boolean): z.input<typeof importOf> {
  return {
    applied,
    refused,
    problems: [...problems],
    rows: rows.map((row) => ({ ...row, problems: [...row.problems] })),
  }
}
