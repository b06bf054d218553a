import { deletionTimes, keepCompany, planDeletion, renameCompany } from '../fleet/companies.ts'
import type { Deletion } from '../store/company-deletions.ts'
import type { Store } from '../store/store.ts'
import { command } from './command.ts'
import { createCompany, settingOptions } from './company-create.ts'
import { Refusal } from './failure.ts'
import { commandLineUser, withStore } from './fleet-store.ts'
import { momentMeant } from './people-scope.ts'
import { instant, moment } from './story-times.ts'
import { table } from './table.ts'

export const companies = command({
  name: 'companies',
  summary: 'List the companies, and which are to go',
  examples: ['bootline companies'],
  options: {},
  run(context) {
    return withStore(context, async (store) => {
      const all = await store.findCompanies({ limit: 100_000 })
      const shown = all.map(({ deletion, ...company }) => ({
        ...company,
        ...(deletion === undefined ? {} : { deletion: instant(deletion) }),
      }))
      context.show(shown, () =>
        table([
          ['COMPANY', 'SITES', 'LINES', 'GOES'],
          ...all.map(({ name, sites, lines, deletion }) => [
            name,
            String(sites),
            String(lines),
            deletion === undefined ? '-' : moment(deletion),
          ]),
        ]),
      )
      return 0
    })
  },
})

export const company = command({
  name: 'company',
  summary: 'Add a company, give one another name, have an empty one go on a day, or keep it',
  operands: ['create|rename|delete|keep', 'NAME', '[NEW-NAME]'],
  examples: [
    'bootline company create Banque --domain sip.example.net --locale en',
    'bootline company rename "Toine Immo" "Toine Immobilier"',
    'bootline company delete Banque --on 2027-01-31',
    'bootline company keep Banque',
  ],
  options: {
    ...settingOptions,
    on: { type: 'string', value: 'DATE', about: 'with delete: the day; in 30 days when absent' },
  },
  async run(context, { on, json, help, ...settings }, [action = '', name = '', newName]) {
    if (!['create', 'rename', 'delete', 'keep'].includes(action)) {
      throw new Refusal('usage', `company knows no "${action}"`, 'there are create, rename, delete, keep')
    }
    if ((action === 'rename') !== (newName !== undefined)) {
      throw new Refusal('usage', 'a new name goes with rename, and only there', 'bootline help company')
    }
    const [unfit] = action === 'create' ? [] : Object.keys(settings)
    if (unfit !== undefined) {
      throw new Refusal('usage', `--${unfit} goes with create`, 'change a company through a fleet file')
    }
    return withStore(context, async (store) => {
      const now = Date.now()
      if (action === 'create') {
        await createCompany(store, name, settings)
        context.show({ company: name }, () => `${name} is added, without sites and lines yet.`)
      } else if (action === 'rename' && newName !== undefined) {
        await renameCompany(store, commandLineUser(), name, newName)
        context.show({ company: newName, was: name }, () => `${name} is called ${newName}.`)
      } else if (action === 'keep') {
        await keepCompany(store, commandLineUser(), name, now)
        context.show({ company: name }, () => `${name} stays.`)
      } else {
        const { at } = await deletionOn(store, name, on, now)
        context.show({ company: name, deletion: instant(at) }, () => `${name} goes on ${moment(at)}.`)
      }
      return 0
    })
  },
})

function deletionOn(store: Store, name: string, on: string | undefined, now: number): Promise<Deletion> {
  const at = on === undefined ? now + deletionTimes.usual : momentMeant(on, '--on', now)
  return planDeletion(store, commandLineUser(), name, { at, now })
}
