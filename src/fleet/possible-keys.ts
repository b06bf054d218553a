import type { Keys, Line } from '../domain/intent.ts'
import { fitKeys } from '../domain/key-layout.ts'
import { canSupervise, type FindLine } from '../domain/key-rules.ts'
import type { ModelLookup } from '../domain/model.ts'

/** A key that cannot be put on a phone, and why. */
export interface LeftKey {
  /** The number, or `interception`. */
  readonly key: string
  readonly label?: string
  readonly why: string
}

/** Of keys that were ordered at another time or for another line, those that this line can have; and the others. */
export function possibleKeys(
  line: Line,
  { supervision, shortcuts }: Keys,
  models: ModelLookup,
  find: FindLine,
): { readonly keys: Keys; readonly left: readonly LeftKey[] } {
  const refused = supervision.flatMap((number): LeftKey[] => {
    const [problem] = canSupervise(line, number, find(number), '')
    return problem ? [{ key: number, why: problem.wrong }] : []
  })
  const out = new Set(refused.map(({ key }) => key))
  const allowed = { supervision: supervision.filter((number) => !out.has(number)), shortcuts }
  const model = models.find(line.equipment?.model ?? '')
  if (!model) {
    const why = 'the line has no equipment'
    return { keys: { supervision: [], shortcuts: [] }, left: [...refused, ...spoken(allowed, why)] }
  }
  const { kept, dropped } = fitKeys(allowed, model, line.equipment?.expansion ?? [])
  return { keys: kept, left: [...refused, ...spoken(dropped, `${model.label} has no room for it`)] }
}

function spoken({ supervision, shortcuts }: Keys, why: string): readonly LeftKey[] {
  return [
    ...supervision.map((key) => ({ key, why })),
    ...shortcuts.map((key) =>
      key === 'interception' ? { key, why } : { key: key.number, label: key.label, why },
    ),
  ]
}
