import type { Keys } from '../../domain/intent.ts'
import { checkLabel } from '../../domain/text-rules.ts'
import { readEntries } from '../../fleet/entries.ts'
import { refuseFaults } from '../../fleet/failure.ts'
import type { KeysEntry } from '../../fleet/schema.ts'

/** Keys of no line yet: what can be said of them without one is, the rest when a line is given them. */
export function keysAlone({ supervision, shortcuts }: KeysEntry): Keys {
  const stand = { number: '+33000000000', kind: 'fixed', site: '', keys: { supervision, shortcuts } }
  const { companies, problems } = readEntries({ companies: [{ name: '', lines: [stand] }] })
  const read = companies[0]?.lines?.[0]?.entry.keys
  const keys: Keys = { supervision: read?.supervision ?? [], shortcuts: read?.shortcuts ?? [] }
  refuseFaults([
    ...problems.map((problem) => ({
      ...problem,
      path: problem.path.replace(/^companies\[0\]\.lines\[0\]\.keys\./, ''),
    })),
    ...keys.shortcuts.flatMap((key, i) =>
      key === 'interception' ? [] : checkLabel(key.label, `shortcuts[${i}].label`),
    ),
  ])
  return keys
}
