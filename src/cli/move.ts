import { catalogue } from '../devices/catalogue.ts'
import { applyPlanned } from '../fleet/apply.ts'
import { findOneLine } from '../fleet/change-line.ts'
import { type MovePlan, planMove } from '../fleet/moves.ts'
import { tellDone } from './apply.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { commandLineUser, withStore } from './fleet-store.ts'
import { planJson } from './plan-json.ts'
import { planText } from './plan-text.ts'
import { tellRegistrar } from './registrar.ts'

export const move = command({
  name: 'move',
  summary: 'Move lines with their devices to another company, after saying what would be lost',
  operands: ['LINE…'],
  examples: [
    'bootline move +33483050173 +33483050174 --to Banque',
    'bootline move 1073 --to Banque --dry-run',
  ],
  options: {
    to: { type: 'string', value: 'COMPANY', about: 'the company they go to' },
    site: { type: 'string', value: 'NAME', about: 'the site they come to; called as their own when absent' },
    'dry-run': { type: 'boolean', about: 'only say what would be done' },
    yes: { type: 'boolean', short: 'y', about: 'do it without asking' },
  },
  async run(context, { to, site, yes = false, 'dry-run': dryRun = false }, texts) {
    if (to === undefined) throw new Refusal('usage', '--to is missing', 'name the company they go to')
    return withStore(context, async (store) => {
      const found = await Promise.all(texts.map((text) => findOneLine(store, text)))
      const from = [...new Set(found.map(({ company }) => company))]
      if (from.length > 1) {
        throw new Refusal('usage', `these are lines of ${from.join(' and ')}`, 'move those of one at a time')
      }
      const numbers = [...new Set(found.map(({ line }) => line.number))]
      const meant = { from: from[0] ?? '', to, numbers, ...(site === undefined ? {} : { site }) }
      const agreed = await planMove(store, meant, catalogue)
      if (!context.json) context.out([planText(agreed), ...lossesText(agreed)].join('\n'))
      if (dryRun) {
        if (context.json) context.out(JSON.stringify({ ...planJson(agreed), lost: agreed.lost }, null, 2))
        return 0
      }
      if (!yes && !(await context.confirm('Move them?'))) return 1
      const done = await applyPlanned(store, (reader) => planMove(reader, meant, catalogue), {
        who: commandLineUser(),
        agreed,
      })
      await tellRegistrar(context, store)
      return tellDone(context, done)
    })
  },
})

function lossesText({ lost, blocks }: MovePlan): readonly string[] {
  return [
    ...lost.keys.map(
      ({ line, key, supervised }) => `lost: key ${key} of ${line}, which supervises ${supervised}`,
    ),
    ...lost.memberships.map(
      ({ line, group, site }) => `lost: ${line} leaves pickup group ${group} of ${site}`,
    ),
    ...blocks.map(({ from, to }) => `the block ${from} to ${to} goes along`),
  ]
}
