import { catalogue } from '../devices/catalogue.ts'
import { exportFleet, toYaml } from '../fleet/export.ts'
import { command } from './command.ts'
import { readCompanies, withStore } from './fleet-store.ts'

export const exportVerb = command({
  name: 'export',
  summary: 'Print the fleet as a fleet file; applying it again changes nothing',
  examples: ['bootline export > fleet.yaml', 'bootline export --company "Toine Immo" --with-secrets'],
  options: {
    company: { type: 'string', multiple: true, value: 'NAME', about: 'only this company; may be repeated' },
    'with-secrets': { type: 'boolean', about: 'with the SIP passwords: keep the file to yourself' },
  },
  async run(context, { company, 'with-secrets': secrets = false }) {
    return withStore(context, async (store) => {
      const companies = await readCompanies(store, company, secrets)
      const file = exportFleet(companies, catalogue)
      context.show(file, () => toYaml(file).trimEnd())
      return 0
    })
  },
})
