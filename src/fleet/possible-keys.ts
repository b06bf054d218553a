import type { Keys, Line } from '../domain/intent.ts'
import { fitKeys } from '../domain/key-layout.ts'
import { canSupervise, type FindLine } from '../domain/key-rules.ts'
import type { ModelLookup } from '../domain/model.ts'

/** A key that cannot be put on a phone, and why. */
export interface LeftKey {
  /** The number, or `interception`. */
  readonly key: string
  readonly label?: string
  /** Stable, where the words are not. */
  readonly code: string
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
    return problem ? [{ key: number, code: problem.code, why: problem.wrong }] : []
  })
  const out = new Set(refused.map(({ key }) => key))
  const allowed = { supervision: supervision.filter((number) => !out.has(number)), shortcuts }
  const model = models.find(line.equipment?.model ?? '')
  if (!model) {
    const reason = { code: 'keys-need-equipment', why: 'the line has no equipment' }
    return { keys: { supervision: [], shortcuts: [] }, left: [...refused, ...spoken(allowed, reason)] }
  }
  const { kept, dropped } = fitKeys(allowed, model, line.equipment?.expansion ?? [])
  const reason = { code: 'too-many-keys', why: `${model.label} has no room for it` }
  return { keys: kept, left: [...refused, ...spoken(dropped, reason)] }
}

function spoken({ supervision, shortcuts }: Keys, reason: Pick<LeftKey, 'code' | 'why'>): readonly LeftKey[] {
  return [
    ...supervision.map((key) => ({ key, ...reason })),
    ...shortcuts.map((key) =>
      key === 'interception' ? { key, ...reason } : { key: key.number, label: key.label, ...reason },
    ),
  ]
}
