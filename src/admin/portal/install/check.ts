import type { z } from 'zod'
import type { ShownPlan } from '../../routes/fleet-plan.ts'
import type { knownOfMac } from '../../routes/mac-lookup.ts'
import { inWords } from '../faults.ts'
import { makerNames, modelsKnown } from '../models.ts'
import type { Fault, Visit } from '../page.ts'
import { tried } from '../trial.ts'
import type { Line } from './lines.ts'

type Known = z.output<typeof knownOfMac>

interface Linked {
  readonly plan: ShownPlan
  readonly dropped: { readonly supervision: readonly unknown[]; readonly shortcuts: readonly unknown[] }
}

/** What somebody means to link to a line, as far as it was said. */
export interface Meant {
  readonly mac?: string | undefined
  readonly model?: string | undefined
  readonly port?: string | undefined
}

/** What would come of linking it, before it is done. */
export interface Check {
  readonly mac: string
  readonly known?: Known
  /** Lines that share it with this one. */
  readonly others: readonly Line[]
  readonly makers: string
  readonly warnings: readonly { readonly wrong: string; readonly right: string }[]
  readonly fault?: Fault
  readonly dropped: number
}

/** The fields of a form as the operation takes them. */
export function equipmentBody({ mac, model, port }: Meant): object {
  return { model, mac, ...(port === undefined ? {} : { port: Number(port) }) }
}

/** Asks the operations themselves, so that what is found here is what they would say. */
export async function check(
  visit: Visit,
  line: string,
  state: string,
  meant: Meant,
): Promise<Check | undefined> {
  const { ask, locale } = visit
  const { mac, model } = meant
  if (mac === undefined) return undefined
  const nothing = { mac, others: [], makers: '', warnings: [], dropped: 0 }
  const look = await tried(visit, () => ask<Known>('lookUpMac', { query: { mac } }))
  if (look.fault) return { ...nothing, fault: look.fault }
  const known = look.done.body
  const { makers, lines } = known
  const found = {
    ...nothing,
    mac: known.mac,
    known,
    others: lines.filter(({ number }) => number !== line),
    makers: makers.length === 0 ? '' : makerNames(await modelsKnown(visit), makers).join(' / '),
  }
  if (model === undefined) return found
  const trial = await tried(visit, () =>
    ask<Linked>('setEquipment', {
      params: { line },
      query: { dryRun: true },
      body: equipmentBody(meant),
      ifMatch: state,
    }),
  )
  if (trial.fault) return { ...found, fault: trial.fault }
  const { plan, dropped } = trial.done.body
  return {
    ...found,
    warnings: plan.warnings
      .filter(({ path }) => /^(mac|model|port|$)/.test(path))
      .map((warning) => inWords(locale, warning)),
    dropped: dropped.supervision.length + dropped.shortcuts.length,
  }
}
