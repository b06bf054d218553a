import type { Keys, Line, LineKind } from './intent.ts'
import { capacity, maxSupervision } from './key-layout.ts'
import type { ModelLookup } from './model.ts'
import { fault, type Path, type Problem } from './problem.ts'
import { checkLabel, withArticle } from './text-rules.ts'

/** What a rule needs to know of a line that another one points at. */
export type LineFacts = Pick<Line, 'number' | 'kind'>

export type FindLine = (number: string) => LineFacts | undefined

export const supervisable: readonly LineKind[] = ['fixed', 'mobile']

/** Everything that can be wrong with the keys of one line; `find` looks lines of the same company up. */
export function checkKeys(line: Line, models: ModelLookup, find: FindLine, path: Path): readonly Problem[] {
  const { keys } = line
  return [
    ...checkRoom(line, models, path),
    ...keys.supervision.flatMap((number, i) => {
      const at = `${path}.supervision[${i}]`
      return keys.supervision.indexOf(number) < i
        ? [
            fault(
              'supervised-twice',
              at,
              `${number} is already supervised on this phone`,
              'keep one of the two keys',
            ),
          ]
        : canSupervise(line, number, find(number), at)
    }),
    ...checkShortcuts(keys, `${path}.shortcuts`),
  ]
}

/** Who may be supervised: a fixed or mobile line of the same company, and not the line itself. */
export function canSupervise(
  line: LineFacts,
  number: string,
  target: LineFacts | undefined,
  path: Path,
): readonly Problem[] {
  if (number === line.number) {
    return [fault('supervised-self', path, 'a phone cannot supervise its own line', 'remove the key')]
  }
  if (!target) {
    return [
      fault(
        'supervised-unknown',
        path,
        `${number} is not a line of this company`,
        'give a line of the company, or make it a shortcut',
      ),
    ]
  }
  if (!supervisable.includes(target.kind)) {
    return [
      fault(
        'supervised-kind',
        path,
        `${number} is ${withArticle(target.kind)} line, which has nobody to supervise`,
        'make it a shortcut',
      ),
    ]
  }
  return []
}

/** Room for the keys: equipment with programmable keys, at most 45 supervision keys, and the model's capacity. */
function checkRoom(line: Line, models: ModelLookup, path: Path): readonly Problem[] {
  const { supervision, shortcuts } = line.keys
  const count = supervision.length + shortcuts.length
  if (count === 0) return []
  if (!line.equipment) {
    return [
      fault(
        'keys-need-equipment',
        path,
        'the line has keys and no equipment',
        'give it a phone, or remove the keys',
      ),
    ]
  }
  const model = models.find(line.equipment.model)
  if (!model) return []
  const room = capacity(model, line.equipment.expansion)
  if (!room) {
    return [
      fault(
        'no-programmable-keys',
        path,
        'this model has no programmable keys',
        `remove the keys, or choose another model than ${model.label}`,
      ),
    ]
  }
  const watched: Problem[] = []
  if (supervision.length > maxSupervision) {
    watched.push(
      fault(
        'too-many-supervision',
        `${path}.supervision[${maxSupervision}]`,
        `${supervision.length} supervision keys`,
        `keep at most ${maxSupervision}`,
      ),
    )
  }
  if (count <= room) return watched
  const last =
    supervision.length > room
      ? `${path}.supervision[${room}]`
      : `${path}.shortcuts[${room - supervision.length}]`
  return [
    ...watched,
    fault(
      'too-many-keys',
      last,
      `${count} keys on ${withArticle(model.label)}`,
      `it takes ${room} beside the line's own key`,
    ),
  ]
}

function checkShortcuts(keys: Keys, path: Path): readonly Problem[] {
  let interception = false
  return keys.shortcuts.flatMap((shortcut, i) => {
    if (shortcut !== 'interception') return checkLabel(shortcut.label, `${path}[${i}].label`)
    if (!interception) {
      interception = true
      return []
    }
    return [fault('interception-twice', `${path}[${i}]`, 'a second interception key', 'keep one')]
  })
}
