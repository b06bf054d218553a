import { type Equipment, type Line, type LineKind, lineKinds } from './intent.ts'
import { checkMaker } from './mac.ts'
import type { Model, ModelKind, ModelLookup } from './model.ts'
import { checkParameters, suggestion } from './parameter-rules.ts'
import { caution, fault, type Path, type Problem } from './problem.ts'
import { withArticle } from './text-rules.ts'

const takes: Readonly<Record<LineKind, readonly ModelKind[]>> = {
  fixed: ['phone', 'conference', 'dect-base'],
  analog: ['ata'],
  mobile: [],
  'fixed-for-mobile': [],
  'call-group': [],
  'voice-menu': [],
}

/** Which lines take which equipment: phones, conference phones and handsets for fixed lines, adapter ports for analog ones. */
export function takesEquipment(line: LineKind, model: ModelKind): boolean {
  return takes[line].includes(model)
}

/** The lines that have equipment, or could have. */
export const equippedKinds = lineKinds.filter((kind) => takes[kind].length > 0)

/** One line's equipment by itself; who else is on the same device is checked over the whole fleet. */
export function checkEquipment(
  line: Line,
  equipment: Equipment,
  models: ModelLookup,
  path: Path,
): readonly Problem[] {
  const model = models.find(equipment.model)
  if (!model) {
    const right = suggestion(models.similar(equipment.model), '`bootline models` lists them')
    return [fault('model-unknown', `${path}.model`, `there is no model "${equipment.model}"`, right)]
  }
  return [
    ...checkKind(line.kind, model, path),
    ...checkPort(equipment.port, model, `${path}.port`),
    ...checkExpansion(equipment.expansion, model, `${path}.expansion`),
    ...(equipment.use !== undefined && model.kind !== 'ata'
      ? [
          fault(
            'use-not-adapter',
            `${path}.use`,
            `${model.label} has no fax or phone ports`,
            'leave `use` out',
          ),
        ]
      : []),
    ...(equipment.mac === undefined ? [] : checkMaker(equipment.mac, model, models, `${path}.mac`)),
    ...checkParameters(equipment.model, equipment.parameters ?? {}, models, `${path}.parameters`),
    ...checkPasswordFits(line, model, models, path),
  ]
}

/** A password given by the operator may hold a character that the device's format cannot carry: it would not register. */
function checkPasswordFits(line: Line, model: Model, models: ModelLookup, path: Path): readonly Problem[] {
  const reason = line.sip?.password === undefined ? undefined : models.unfitPassword(model, line.sip.password)
  if (reason === undefined) return []
  return [
    caution(
      'password-unfit',
      path,
      `${model.label} cannot take the line's SIP password: ${reason}`,
      'give another, or none: the server makes one that fits',
    ),
  ]
}

function checkKind(kind: LineKind, model: Model, path: Path): readonly Problem[] {
  if (takesEquipment(kind, model.kind)) return []
  const right =
    takes[kind].length === 0
      ? 'remove the equipment'
      : `give it ${withArticle(takes[kind].map(spoken).join(', '))}`
  return [
    fault('equipment-kind', `${path}.model`, `a line of kind ${kind} takes no ${spoken(model.kind)}`, right),
  ]
}

function spoken(kind: ModelKind): string {
  return { phone: 'phone', conference: 'conference phone', 'dect-base': 'DECT handset', ata: 'adapter port' }[
    kind
  ]
}

function checkPort(port: number, model: Model, path: Path): readonly Problem[] {
  if (Number.isInteger(port) && port >= 1 && port <= model.ports) return []
  const right =
    model.ports === 1 ? 'leave the port out: this model has one' : `write a port from 1 to ${model.ports}`
  return [fault('port-range', path, `${model.label} has no port ${port}`, right)]
}

function checkExpansion(expansion: readonly string[], model: Model, path: Path): readonly Problem[] {
  const offered = model.expansions ?? {}
  const right =
    Object.keys(offered).length === 0
      ? `${model.label} takes no modules`
      : `${model.label} takes ${Object.entries(offered)
          .map(([name, module]) => `${module.max} × ${name}`)
          .join(' or ')}`
  const unknown = expansion.flatMap((name, i) =>
    offered[name]
      ? []
      : [fault('expansion-unknown', `${path}[${i}]`, `"${name}" is not a module of this model`, right)],
  )
  if (unknown.length > 0) return unknown
  const first = expansion[0]
  if (first === undefined) return []
  const mixed = expansion.findIndex((name) => name !== first)
  if (mixed > 0)
    return [fault('expansion-mixed', `${path}[${mixed}]`, 'modules of two kinds on one phone', right)]
  if (expansion.length <= (offered[first]?.max ?? 0)) return []
  return [fault('expansion-too-many', path, `${expansion.length} modules`, right)]
}
