import { z } from 'zod'
import type { Problem } from '../../domain/problem.ts'
import { applyPlanned } from '../../fleet/apply.ts'
import { discreetReader } from '../../fleet/discreet.ts'
import { FleetFailure } from '../../fleet/failure.ts'
import type { FleetPlan } from '../../fleet/plan.ts'
import type { FleetReader } from '../../store/store.ts'
import type { Call } from '../route.ts'

/** Every change can be tried first: `?dryRun=true` answers what it would do, and nothing is done. */
export const dryRunQuery = z.strictObject({
  dryRun: z.enum(['true', 'false']).optional().describe('true: only say what would be done'),
})

type AnyCall = Pick<Call<unknown, unknown, unknown>, 'who' | 'services'>

export interface FleetChange<P extends FleetPlan = FleetPlan> {
  /** Looks whether the fleet is what the change is meant for, and plans it. */
  readonly plan: (reader: FleetReader) => Promise<P>
  /** What the fields of the body are called in the plan's faults; there they are called as in the body. */
  readonly body?: string
  readonly onProgress?: (done: number, total: number) => void
}

/** Plans a change, or makes it; both by the same rules. */
export async function carryOut<P extends FleetPlan>(
  { who, services }: AnyCall,
  { plan, body, onProgress }: FleetChange<P>,
  dryRun: boolean,
): Promise<P> {
  const { store, nudge } = services
  const discreetly = (reader: FleetReader) => plan(discreetReader(reader, who.companies))
  try {
    if (dryRun) return asInBody(await discreetly(store), body)
    const done = await applyPlanned(store, discreetly, {
      who: { name: who.name, source: 'api' },
      ...(onProgress ? { onProgress } : {}),
    })
    if (done.diff.length > 0) nudge()
    return asInBody(done, body)
  } catch (error) {
    if (!(error instanceof FleetFailure) || body === undefined) throw error
    const problems = error.problems.map((problem) => relative(problem, body))
    throw new FleetFailure(error.code, error.message, error.remedy, problems)
  }
}

function asInBody<P extends FleetPlan>(plan: P, body: string | undefined): P {
  if (body === undefined) return plan
  return { ...plan, warnings: plan.warnings.map((warning) => relative(warning, body)) }
}

/** `companies[0].lines[0].keys.supervision[2]` is `supervision[2]` to who sent the keys alone. */
function relative(problem: Problem, body: string): Problem {
  if (!problem.path.startsWith(body)) return problem
  return { ...problem, path: problem.path.slice(body.length).replace(/^\./, '') }
}

export function isDryRun({
  query,
}: {
  readonly query: { readonly dryRun?: 'true' | 'false' | undefined }
}): boolean {
  return query.dryRun === 'true'
}
