import { nearest } from '../domain/nearest.ts'
import type { RebootJob } from '../store/reboots.ts'
import type { Store } from '../store/store.ts'
import { command } from './command.ts'
import { dated } from './devices-story.ts'
import { Refusal } from './failure.ts'
import { readCompanies, withStore } from './fleet-store.ts'
import { type Action, act, actions, actionText, asked, leftAlone, mayBe } from './queue-actions.ts'
import { queueText } from './queue-text.ts'
import { devicesNamed, isNarrowed, type Narrowing, narrowing } from './targets.ts'
import { readWhen } from './when.ts'

export const queue = command({
  name: 'queue',
  summary: 'List devices that are to be told, or take them from the queue, try again, put off',
  operands: ['[cancel|retry|now|at TIME]', '[MAC|LINE…]'],
  examples: [
    'bootline queue --company "Toine Immo"',
    'bootline queue cancel 64:16:7f:b2:69:d6',
    'bootline queue retry --all',
    'bootline queue at 03:00 --site Grasse',
  ],
  options: {
    ...narrowing,
    all: { type: 'boolean', about: 'with an action: all that are in the queue' },
    yes: { type: 'boolean', short: 'y', about: 'do it without asking' },
  },
  async run(context, { all = false, yes = false, ...narrowed }, [action, ...operands]) {
    if (action !== undefined && !isAction(action)) throw unknownAction(action)
    const [when, named] = action === 'at' ? [operands[0], operands.slice(1)] : ['now', operands]
    if (when === undefined) throw new Refusal('usage', 'the time is missing', 'bootline queue at 03:00 --all')
    const time = readWhen(when, Date.now())
    if (action !== undefined) checkMeant(named, narrowed, all)
    return withStore(context, async (store) => {
      const jobs = await jobsMeant(store, narrowed, named)
      if (action === undefined) {
        const counts = await store.reboots.count()
        context.show({ counts, jobs: jobs.map(dated) }, () => queueText(jobs))
        return 0
      }
      const concerned = jobs.filter((job) => mayBe(action, job))
      if (
        concerned.length > 1 &&
        !yes &&
        !(await context.confirm(`${concerned.length} devices: ${asked[action]}?`))
      )
        return 1
      const done = await act(store, action, concerned, time)
      const left = leftAlone(jobs, done).map(({ mac, state }) => ({ mac, state }))
      context.show({ action, done: done.map(dated), left }, () => actionText(jobs, done))
      return 0
    })
  },
})

function isAction(text: string): text is Action {
  return actions.some((action) => action === text)
}

function unknownAction(text: string): Refusal {
  const meant = nearest(text, actions)
  const remedy = meant === undefined ? `there are ${actions.join(', ')}` : `did you mean ${meant}?`
  return new Refusal('usage', `the queue knows no "${text}"`, remedy)
}

function checkMeant(named: readonly string[], narrowed: Narrowing, all: boolean): void {
  const ways = [named.length > 0, isNarrowed(narrowed), all].filter(Boolean).length
  if (ways === 1) return
  throw new Refusal(
    'usage',
    ways === 0 ? 'no device is named' : 'devices are named in more than one way',
    'give MACs or lines, or --company, --site, --model, or --all',
  )
}

const pageSize = 500

async function jobsMeant(
  store: Store,
  { company, site, model }: Narrowing,
  named: readonly string[],
): Promise<readonly RebootJob[]> {
  if (company !== undefined) await readCompanies(store, [company])
  const macs = named.length === 0 ? undefined : (await devicesNamed(store, named)).map(({ mac }) => mac)
  const query = {
    limit: pageSize,
    ...(company === undefined ? {} : { company }),
    ...(site === undefined ? {} : { site }),
    ...(model === undefined ? {} : { model }),
  }
  const jobs: RebootJob[] = []
  for (let page = await store.reboots.jobs(query); page.length > 0; ) {
    jobs.push(...page.filter(({ mac }) => macs === undefined || macs.includes(mac)))
    page = await store.reboots.jobs({ ...query, after: page.at(-1)?.id ?? 0 })
  }
  return jobs
}
