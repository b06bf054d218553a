import type { ShownLine } from '../../routes/lines-shown.ts'
import type { ShownModel } from '../../routes/models.ts'
import { portsOf } from '../models.ts'
import { type Choice, choicesOf } from '../names.ts'

/** Equipment as somebody chooses it, in the form that the operation takes. */
export interface GivenEquipment {
  readonly model: string
  readonly mac?: string | null
  readonly port?: number | null
  readonly use?: string | null
  readonly expansion?: readonly string[] | null
}

type Fields = Readonly<Record<string, string>>

/** What was typed, over what the line has; what the model does not know is cleared. */
export function givenEquipment(
  fields: Fields,
  model: ShownModel | undefined,
  { equipment }: ShownLine,
): GivenEquipment {
  const same = equipment?.model === model?.id ? equipment : undefined
  return {
    model: model?.id ?? fields.model ?? '',
    mac: fields.mac ?? null,
    port: model && model.ports > 1 ? Number(fields.port ?? same?.port ?? 1) : null,
    use: model?.kind === 'ata' ? (fields.use ?? same?.use ?? 'phone') : null,
    expansion: modules(fields.expansion) ?? same?.expansion ?? null,
  }
}

/** `exp50*2`: two of them. */
function modules(written: string | undefined): readonly string[] | undefined {
  if (written === undefined) return undefined
  const [name = '', count = '0'] = written.split('*')
  return Array.from({ length: Number(count) }, () => name)
}

/** None, or so many of one kind as the phone takes. */
export function moduleChoices({ expansions }: ShownModel, none: string): readonly Choice[] {
  const each = expansions.flatMap(({ name, max }) =>
    Array.from({ length: max }, (_, i) => ({
      value: `${name}*${i + 1}`,
      label: `${i + 1} × ${name.toUpperCase()}`,
    })),
  )
  return [{ value: 'none*0', label: none }, ...each]
}

export function moduleValue(expansion: readonly string[] | null | undefined): string {
  const [first] = expansion ?? []
  return first === undefined ? 'none*0' : `${first}*${expansion?.length ?? 0}`
}

export function portChoices(model: ShownModel): readonly Choice[] {
  return choicesOf(portsOf(model).map(String))
}
