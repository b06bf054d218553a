import { catalogue } from '../devices/catalogue.ts'
import { importRows, planOfImport } from '../fleet/import/apply.ts'
import { tableKinds } from '../fleet/import/columns.ts'
import { readImport } from '../fleet/import/read.ts'
import { type ImportStudy, studyImport } from '../fleet/import/study.ts'
import type { Table } from '../fleet/import/table.ts'
import type { Store } from '../store/store.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'
import { readGiven } from './fleet-file.ts'
import { commandLineUser, withStore } from './fleet-store.ts'
import { importJson, importText } from './import-text.ts'
import { putWazoSheet } from './import-wazo.ts'
import { tellRegistrar } from './registrar.ts'

export const importVerb = command({
  name: 'import',
  summary: 'Bring in lines and keys from a spreadsheet, all of them or none',
  operands: ['FILE'],
  examples: [
    'bootline import lines.csv --dry-run',
    'bootline import lines.csv --company "Toine Immo" --skip-bad-rows --yes',
    'bootline import devices.json --from wazo > lines.csv',
  ],
  options: {
    'dry-run': { type: 'boolean', about: 'only say what would become of each row, and what would reboot' },
    kind: { type: 'string', value: 'lines|keys', about: 'what the rows are; otherwise the titles say it' },
    company: { type: 'string', value: 'NAME', about: 'the company of rows that name none' },
    'skip-bad-rows': { type: 'boolean', about: 'leave out rows with faults instead of all rows' },
    from: {
      type: 'string',
      value: 'wazo',
      about: 'write a table of the devices in a list of wazo-provd, to be completed; imports nothing',
    },
    yes: { type: 'boolean', short: 'y', about: 'do it without asking' },
  },
  async run(context, values, [file = '']) {
    const { 'dry-run': dryRun = false, 'skip-bad-rows': skipBadRows = false, yes = false, company } = values
    if (values.from !== undefined) {
      if (values.from !== 'wazo')
        throw new Refusal(
          'usage',
          `nothing is read from "${values.from}"`,
          'wazo; spreadsheets need no --from',
        )
      return putWazoSheet(context, await readGiven(context, file))
    }
    const kind = tableKinds.find((each) => each === values.kind)
    if (values.kind !== undefined && kind === undefined)
      throw new Refusal('usage', `there is no kind "${values.kind}"`, 'lines, or keys')
    const tables = await readImport(await readGiven(context, file), kind)
    const options = company === undefined ? {} : { company }
    return withStore(context, async (store) => {
      const study = await studyImport(store, tables, catalogue, options)
      if (!context.json) context.out(importText(study, dryRun))
      if (dryRun) {
        if (context.json) context.out(JSON.stringify(importJson(study, false), null, 2))
        return study.refused > 0 || !study.plan ? 1 : 0
      }
      const agreed = planOfImport(study, skipBadRows)
      if (agreed.diff.length > 0) {
        if (!yes && !(await context.confirm('Import this?'))) return 1
        await imported(context, store, tables, { ...options, skipBadRows, agreed })
        await tellRegistrar(context, store)
      }
      if (context.json) context.out(JSON.stringify(importJson(study, agreed.diff.length > 0), null, 2))
      else context.out(agreed.diff.length > 0 ? 'Done.' : 'Nothing to do.')
      return 0
    })
  },
})

async function imported(
  context: Context,
  store: Store,
  tables: readonly Table[],
  options: Omit<Parameters<typeof importRows>[3], 'who' | 'onProgress'>,
): Promise<ImportStudy> {
  const progress = context.progress('saving')
  try {
    return await importRows(store, tables, catalogue, {
      ...options,
      who: commandLineUser(),
      onProgress: progress.at,
    })
  } finally {
    progress.end()
  }
}
