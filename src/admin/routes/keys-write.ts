import type { z } from 'zod'
import type { Line } from '../../domain/intent.ts'
import { normaliseNumber } from '../../domain/phone-number.ts'
import { defined } from '../../fleet/kept.ts'
import type { FleetPlan } from '../../fleet/plan.ts'
import type { KeysEntry } from '../../fleet/schema.ts'
import type { CompanyLine } from '../../store/find-lines.ts'
import type { FleetReader } from '../../store/store.ts'
import { nothingThere } from '../http/failure.ts'
import type { Call } from '../route.ts'
import type { Services } from '../services.ts'
import { carryOut, type FleetChange } from './fleet-change.ts'
import { etagOf, refuseOtherState } from './fleet-etag.ts'
import { planOf, shownPlan } from './fleet-plan.ts'
import { companyAround, keysOf, keysState, shownKeys, shownOrder } from './keys-shown.ts'
import { lineChange } from './lines-change.ts'

export const keysChanged = keysOf.extend({ plan: planOf })

/** Keys that are put in the place of those a line has, as far as they are still those that were read. */
export function keysChange(
  services: Pick<Services, 'catalogue'>,
  number: string,
  ifMatch: string | undefined,
  wanted: (found: CompanyLine, reader: FleetReader) => KeysEntry | Promise<KeysEntry>,
): FleetChange {
  return lineChange(services, {
    number,
    async change(found, reader) {
      const keys = await wanted(found, reader)
      const current = shownOrder(found.line.keys)
      const yours = { ...current, ...asStored(keys) }
      refuseOtherState(ifMatch, current, yours, etagOf(keysState(found.line)))
      return { keys }
    },
    field: 'keys',
  })
}

/** Numbers as the server writes them: another writing of the same key is no difference. */
function asStored({ supervision, shortcuts }: KeysEntry): object {
  const stored = (number: string) => normaliseNumber(number) ?? number
  return defined({
    supervision: supervision?.map(stored),
    shortcuts: shortcuts?.map((key) =>
      key === 'interception' ? key : { ...key, number: stored(key.number) },
    ),
  })
}

/** Whole keys: what is left out is none. */
export function wholeKeys({ supervision, shortcuts }: KeysEntry): KeysEntry {
  return { supervision: supervision ?? [], shortcuts: shortcuts ?? [] }
}

/** Plans or makes it, and answers with the keys as they then are. */
export async function orderKeys(
  call: Pick<Call<unknown, unknown, unknown>, 'who' | 'services' | 'place'>,
  change: FleetChange,
  dryRun: boolean,
): Promise<{ readonly body: z.output<typeof keysChanged>; readonly etag: string }> {
  const { services, place } = call
  const number = place.line ?? ''
  const plan = await carryOut(call, change, dryRun)
  const line = lineAfter(plan, number) ?? (await services.store.findLine(number))?.line
  if (!line) throw nothingThere()
  const company = await companyAround(services.store, { company: place.company ?? '', line })
  const body = { ...shownKeys(line, company, services), plan: shownPlan(plan) }
  return { body, etag: etagOf(keysState(line)) }
}

export function lineAfter(plan: FleetPlan, number: string): Line | undefined {
  return plan.diff.flatMap(({ lines }) => lines).find(({ after }) => after?.number === number)?.after
}
