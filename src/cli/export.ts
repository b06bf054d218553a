import { catalogue } from '../devices/catalogue.ts'
import { exportFleet, toYaml } from '../fleet/export.ts'
import { command } from './command.ts'
import { putSheet } from './export-sheet.ts'
import { Refusal } from './failure.ts'
import { readCompanies, withStore } from './fleet-store.ts'

export const exportVerb = command({
  name: 'export',
  summary: 'Print the fleet as a fleet file or a spreadsheet; taking it in again changes nothing',
  examples: [
    'bootline export > fleet.yaml',
    'bootline export --company "Toine Immo" --with-secrets',
    'bootline export --xlsx --language fr > fleet.xlsx',
    'bootline export --csv lines --template > lines.csv',
  ],
  options: {
    company: { type: 'string', multiple: true, value: 'NAME', about: 'only this company; may be repeated' },
    'with-secrets': { type: 'boolean', about: 'with the SIP passwords: keep the file to yourself' },
    csv: {
      type: 'string',
      value: 'lines|keys',
      about: 'as CSV for bootline import: the lines, or their keys',
    },
    xlsx: { type: 'boolean', about: 'as an Excel workbook for bootline import, lines and keys' },
    language: { type: 'string', value: 'fr|en', about: 'of the titles of a spreadsheet; en' },
    template: { type: 'boolean', about: 'only titles and examples, to be filled in' },
  },
  async run(context, { company, 'with-secrets': secrets = false, template = false, ...sheet }) {
    const asSheet = sheet.csv !== undefined || sheet.xlsx === true
    if (template && !asSheet)
      throw new Refusal('usage', 'a template is a spreadsheet', 'add --csv lines, or --xlsx')
    if (template) {
      await putSheet(context, sheet, undefined)
      return 0
    }
    return withStore(context, async (store) => {
      const companies = await readCompanies(store, company, secrets)
      if (asSheet) {
        await putSheet(context, sheet, companies)
        return 0
      }
      const file = exportFleet(companies, catalogue)
      context.show(file, () => toYaml(file).trimEnd())
      return 0
    })
  },
})
