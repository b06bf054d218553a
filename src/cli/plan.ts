import { catalogue } from '../devices/catalogue.ts'
import { planEntries } from '../fleet/plan.ts'
import { command } from './command.ts'
import { readFleetFile } from './fleet-file.ts'
import { withStore } from './fleet-store.ts'
import { planJson } from './plan-json.ts'
import { isEmpty, planText } from './plan-text.ts'

/** Exit code of a plan that would change something. */
const somethingToDo = 2

export const plan = command({
  name: 'plan',
  summary: 'Show what a fleet file would change, and which devices would reboot',
  operands: ['FILE'],
  examples: ['bootline plan fleet.yaml', 'bootline plan fleet.yaml --prune'],
  options: {
    prune: { type: 'boolean', about: 'the file is the whole truth: what it leaves out would be removed' },
  },
  async run(context, { prune = false }, [file = '']) {
    const entries = await readFleetFile(context, file)
    return withStore(context, async (store) => {
      const plan = await planEntries(store, entries, catalogue, { prune })
      context.show(planJson(plan), () => planText(plan))
      return isEmpty(plan) ? 0 : somethingToDo
    })
  },
})
