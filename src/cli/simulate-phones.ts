import type { Chance } from '../simulate/chance.ts'
import { choose } from '../simulate/choice.ts'
import type { Wanted } from '../simulate/expected.ts'
import type { Mix } from '../simulate/made-up.ts'
import { makePhone, type VirtualPhone } from '../simulate/phone.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'
import { reachOf } from './simulate-options.ts'
import { wantedDevices } from './simulate-wanted.ts'

interface Meant {
  readonly from?: string | undefined
  readonly mix?: Mix | undefined
  readonly count?: number | undefined
  readonly certificates?: string | undefined
}

/** Those who take part, still switched off. */
export async function phonesMeant(
  context: Context,
  { from, mix, count, certificates }: Meant,
  url: URL,
  chance: Chance,
): Promise<readonly VirtualPhone[]> {
  const fleet = await wantedDevices(context, from)
  const chosen = choose(fleet, mix, count, chance)
  refuseFewer(mix, chosen)
  const made = chosen.map(async (wanted) =>
    makePhone(wanted, url, await reachOf(wanted.intent.mac, url, certificates)),
  )
  return Promise.all(made)
}

function refuseFewer(mix: Mix = new Map(), chosen: readonly Wanted[]): void {
  for (const [model, wanted] of mix) {
    const there = chosen.filter(({ intent }) => intent.model === model).length
    if (there >= wanted) continue
    const remedy = 'take fewer, or let --fleet make up a fleet, apply it, and name it with --from'
    throw new Refusal('nobody-to-simulate', `the fleet has ${there} of ${model.id}, not ${wanted}`, remedy)
  }
  if (chosen.length > 0) return
  const remedy = 'give lines equipment with a MAC'
  throw new Refusal('nobody-to-simulate', 'no device of the fleet has an address', remedy)
}
