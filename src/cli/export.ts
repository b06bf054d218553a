import { catalogue } from '../devices/catalogue.ts'
import { exportFleet, toYaml } from '../fleet/export.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { withStore } from './fleet-store.ts'

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
      const companies = await store.readFleet(company ? { companies: company, secrets } : { secrets })
      const missing = company?.find((name) => !companies.some((found) => found.name === name))
      if (missing !== undefined)
        throw new Refusal(
          'company-unknown',
          `there is no company "${missing}"`,
          'bootline lines shows which there are',
        )
      const file = exportFleet(companies, catalogue)
      context.show(file, () => toYaml(file).trimEnd())
      return 0
    })
  },
})
