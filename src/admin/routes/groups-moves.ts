import { z } from 'zod'
import { normaliseNumber } from '../../domain/phone-number.ts'
import { type MovePlan, planMove } from '../../fleet/moves.ts'
import type { FleetReader } from '../../store/store.ts'
import { ApiFailure } from '../http/failure.ts'
import { type Call, type Route, route } from '../route.ts'
import { carryOut } from './fleet-change.ts'
import { etagOf } from './fleet-etag.ts'
import { planOf, shownPlan } from './fleet-plan.ts'

const moveBody = z.strictObject({
  lines: z.array(z.string().max(40)).min(1).max(10_000).describe('Numbers of lines of this company'),
  to: z.string().describe('The company they go to'),
  site: z.string().optional().describe('The site they come to; as their own is called when absent'),
})

const moveOf = z.object({
  plan: planOf,
  lost: z.object({
    keys: z
      .array(z.object({ line: z.string(), key: z.int(), supervised: z.string() }))
      .describe('Supervision keys that go, counted from 1: a phone only supervises lines of its company'),
    memberships: z.array(z.object({ line: z.string(), site: z.string(), group: z.string() })),
  }),
  numberBlocks: z.array(z.object({ from: z.string(), to: z.string() })).describe('Blocks that go along'),
})

const planMoveRoute = route({
  id: 'planMove',
  method: 'post',
  path: '/companies/{company}/moves/plan',
  summary: 'Say what moving lines to another company would do, and what would be lost by it',
  tag: 'companies',
  action: 'line.move',
  of: 'company',
  body: moveBody,
  answer: moveOf,
  async handle(call) {
    const body = await moving(call, call.body, true)
    return { body, etag: etagOf(body) }
  },
})

const moveRoute = route({
  id: 'moveLines',
  method: 'post',
  path: '/companies/{company}/moves',
  summary: 'Move lines with their devices to another company, all of them or none',
  tag: 'companies',
  action: 'line.move',
  of: 'company',
  query: z.strictObject({
    agreed: z
      .string()
      .max(100)
      .optional()
      .describe('The ETag of the plan that was agreed to, without quotes'),
  }),
  body: moveBody,
  answer: moveOf,
  handle: async (call) => ({ body: await moving(call, call.body, false, call.query.agreed) }),
})

type MoveCall = Pick<Call<unknown, unknown, unknown>, 'who' | 'services' | 'place'>

async function moving(
  call: MoveCall,
  { lines, to, site }: z.output<typeof moveBody>,
  dryRun: boolean,
  agreed?: string,
): Promise<z.output<typeof moveOf>> {
  const numbers = [...new Set(lines.map((text) => normaliseNumber(text) ?? text))]
  const from = call.place.company ?? ''
  const move = { from, to, numbers, ...(site === undefined ? {} : { site }) }
  const plan = async (reader: FleetReader): Promise<MovePlan> => {
    const made = await planMove(reader, move, call.services.catalogue)
    if (agreed !== undefined && agreed !== etagOf(shownMove(made))) throw otherPlan()
    return made
  }
  return shownMove(await carryOut(call, { plan }, dryRun))
}

function shownMove(plan: MovePlan): z.output<typeof moveOf> {
  return {
    plan: shownPlan(plan),
    lost: {
      keys: plan.lost.keys.map((key) => ({ ...key })),
      memberships: plan.lost.memberships.map((membership) => ({ ...membership })),
    },
    numberBlocks: plan.blocks.map((block) => ({ ...block })),
  }
}

function otherPlan(): ApiFailure {
  const wrong = 'the fleet changed since the plan was shown: nothing was done'
  return new ApiFailure(409, 'fleet-moved', wrong, 'look at the new plan and move again')
}

export const groupMoveRoutes: readonly Route[] = [planMoveRoute, moveRoute]
