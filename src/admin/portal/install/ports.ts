import { takesEquipment } from '../../../domain/equipment-rules.ts'
import { groupBy } from '../../../store/batches.ts'
import type { ShownModel } from '../../routes/models.ts'
import { portsOf } from '../models.ts'
import type { Visit } from '../page.ts'
import type { Line, Lines } from './lines.ts'

/** A device of several lines that has room for one more. */
export interface Shared {
  readonly mac: string
  readonly model: string
  readonly label: string
  readonly kind: ShownModel['kind']
  /** Who is on it already. */
  readonly names: string
  readonly port: number
}

/** Several handsets are on one base, several telephones on one adapter: those of the site with a port to spare. */
export async function sharedDevices(
  { ask }: Visit,
  line: Line,
  models: readonly ShownModel[],
): Promise<readonly Shared[]> {
  const { company, site } = line
  const wide = models.filter(({ kind, ports }) => ports > 1 && takesEquipment(line.kind, kind))
  if (wide.length === 0) return []
  const { body } = await ask<Lines>('listLines', {
    query: { company, site, kind: line.kind, equipment: 'linked', limit: 500 },
  })
  const devices = groupBy(
    body.items.filter(({ equipment }) => equipment?.mac !== line.equipment?.mac),
    ({ equipment }) => equipment?.mac ?? '',
  )
  return [...devices].flatMap(([mac, lines]) => {
    const model = wide.find(({ id }) => id === lines[0]?.equipment?.model)
    if (!model) return []
    const taken = lines.map(({ equipment }) => equipment?.port)
    const port = portsOf(model).find((each) => !taken.includes(each))
    if (port === undefined) return []
    const names = lines.map(({ displayName }) => displayName).join(', ')
    return [{ mac, model: model.id, label: model.label, kind: model.kind, names, port }]
  })
}
