import { type Equipment, type Keys, type Line, noKeys } from '../domain/intent.ts'
import { fitKeys } from '../domain/key-layout.ts'
import type { Model, ModelLookup } from '../domain/model.ts'
import { caution, type Path, type Problem } from '../domain/problem.ts'
import { chosen, defined, type Kept } from './kept.ts'
import type { EquipmentEntry, LineEntry } from './schema.ts'

/** One line as it would be, and what is lost on the way. */
export function mergeLine(
  stored: Line | undefined,
  entry: LineEntry,
  models: ModelLookup,
  kept: Kept,
  path: Path,
): { line: Line; problems: readonly Problem[] } {
  const equipment = mergeEquipment(stored?.equipment, entry.equipment, models, kept)
  const keys = mergeKeys(stored, entry, equipment, kept)
  const fitted = keepFitting(stored, entry, keys, equipment, models, `${path}.keys`)
  const sip = mergeSip(stored, entry, kept)
  return {
    line: {
      number: entry.number,
      kind: entry.kind,
      site: entry.site,
      ...defined({
        firstName: chosen(entry.firstName, stored?.firstName, kept),
        lastName: chosen(entry.lastName, stored?.lastName, kept),
        name: chosen(entry.name, stored?.name, kept),
        email: chosen(entry.email, stored?.email, kept),
        shortNumber: chosen(entry.shortNumber, stored?.shortNumber, kept),
        internetAccess: chosen(entry.internetAccess, stored?.internetAccess, kept),
      }),
      ...(sip.user === undefined && sip.password === undefined ? {} : { sip }),
      ...(equipment ? { equipment } : {}),
      keys: fitted.keys,
    },
    problems: fitted.problems,
  }
}

/** The password is kept even under --prune: an exported file leaves it out. `null` asks for a new one. */
function mergeSip(stored: Line | undefined, entry: LineEntry, kept: Kept) {
  return defined({
    user: chosen(entry.sip === null ? null : entry.sip?.user, stored?.sip?.user, kept),
    password: chosen(entry.sip?.password, stored?.sip?.password, 'kept'),
  })
}

function mergeEquipment(
  stored: Equipment | undefined,
  entry: EquipmentEntry | null | undefined,
  models: ModelLookup,
  kept: Kept,
): Equipment | undefined {
  if (!entry) return chosen(entry, stored, kept)
  const model: Model | undefined = models.find(entry.model)
  const same = stored?.model === entry.model
  const use =
    chosen(entry.use, same ? stored?.use : undefined, kept) ?? (model?.kind === 'ata' ? 'fax' : undefined)
  return {
    model: entry.model,
    port: chosen(entry.port, same ? stored?.port : undefined, kept) ?? 1,
    expansion: chosen(entry.expansion, same ? stored?.expansion : undefined, kept) ?? [],
    ...defined({
      mac: chosen(entry.mac, stored?.mac, kept),
      use,
      parameters: chosen(entry.parameters, stored?.parameters, kept),
    }),
  }
}

/** Removing the equipment removes the keys: this is the reset. */
function mergeKeys(
  stored: Line | undefined,
  entry: LineEntry,
  equipment: Equipment | undefined,
  kept: Kept,
): Keys {
  const old = equipment ? (stored?.keys ?? noKeys) : noKeys
  const said = entry.keys === null ? { supervision: null, shortcuts: null } : entry.keys
  return {
    supervision: chosen(said?.supervision, old.supervision, kept) ?? [],
    shortcuts: chosen(said?.shortcuts, old.shortcuts, kept) ?? [],
  }
}

/** A change of model keeps, in order, the keys that fit, unless the file says the keys itself. */
function keepFitting(
  stored: Line | undefined,
  entry: LineEntry,
  keys: Keys,
  equipment: Equipment | undefined,
  models: ModelLookup,
  path: Path,
): { keys: Keys; problems: readonly Problem[] } {
  const model = models.find(equipment?.model ?? '')
  const changed = stored?.equipment !== undefined && stored.equipment.model !== equipment?.model
  if (!equipment || !model || !changed || entry.keys !== undefined) return { keys, problems: [] }
  const { kept, dropped } = fitKeys(keys, model, equipment.expansion)
  const lost = [
    ...dropped.supervision,
    ...dropped.shortcuts.map((key) => (key === 'interception' ? key : key.label)),
  ]
  if (lost.length === 0) return { keys, problems: [] }
  return {
    keys: kept,
    problems: [
      caution(
        'keys-dropped',
        path,
        `${model.label} has no room for ${lost.join(', ')}`,
        'these keys go; write the keys yourself to choose which stay',
      ),
    ],
  }
}
