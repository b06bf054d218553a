import { catalogue } from '../devices/catalogue.ts'
import { applyEntries } from '../fleet/apply.ts'
import type { FleetEntries } from '../fleet/entries.ts'
import { type FleetPlan, planEntries } from '../fleet/plan.ts'
import type { Store } from '../store/store.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { readFleetFile } from './fleet-file.ts'
import { commandLineUser, withStore } from './fleet-store.ts'
import { planJson } from './plan-json.ts'
import { isEmpty, planText } from './plan-text.ts'
import { tellRegistrar } from './registrar.ts'

export const apply = command({
  name: 'apply',
  summary: 'Make the fleet what a file says, all of it or nothing',
  operands: ['FILE'],
  examples: ['bootline apply fleet.yaml', 'bootline export | bootline apply - --yes'],
  options: {
    yes: { type: 'boolean', short: 'y', about: 'do it without asking' },
    prune: { type: 'boolean', about: 'the file is the whole truth: remove what it leaves out' },
  },
  async run(context, { yes = false, prune = false }, [file = '']) {
    const entries = await readFleetFile(context, file)
    return withStore(context, async (store) => {
      const done = await showAndApply(context, store, entries, { yes, prune })
      return done ? tellDone(context, done) : 1
    })
  },
})

/** After the plan was shown and done: programs get all of it, people the last word. */
export function tellDone(context: Context, done: FleetPlan): number {
  if (context.json) context.out(JSON.stringify({ applied: !isEmpty(done), ...planJson(done) }, null, 2))
  else if (!isEmpty(done)) context.out('Done.')
  return 0
}

/** Shows the plan, asks, and does exactly what was shown. `undefined`: the person said no. */
export async function showAndApply(
  context: Context,
  store: Store,
  entries: FleetEntries,
  { yes, prune }: { yes: boolean; prune: boolean },
): Promise<FleetPlan | undefined> {
  const agreed = await planEntries(store, entries, catalogue, { prune })
  if (!context.json) context.out(planText(agreed))
  if (isEmpty(agreed)) {
    await tellRegistrar(context, store)
    return agreed
  }
  if (!yes && !(await context.confirm('Apply this?'))) return undefined
  const done = await applied(context, store, entries, { prune, agreed })
  await tellRegistrar(context, store)
  return done
}

async function applied(
  context: Context,
  store: Store,
  entries: FleetEntries,
  { prune, agreed }: { prune: boolean; agreed: FleetPlan },
): Promise<FleetPlan> {
  const progress = context.progress('saving')
  try {
    return await applyEntries(store, entries, catalogue, {
      who: commandLineUser(),
      prune,
      agreed,
      onProgress: progress.at,
    })
  } finally {
    progress.end()
  }
}
