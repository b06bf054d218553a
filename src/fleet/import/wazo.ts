import { z } from 'zod'
import { formatMac, parseMac } from '../../domain/mac.ts'
import type { ModelLookup } from '../../domain/model.ts'
import { fault, type Problem } from '../../domain/problem.ts'
import { FleetFailure } from '../failure.ts'
import { type LineField, plainWord, titles } from './columns.ts'
import { guarded } from './guarded.ts'
import { boundedCell } from './sheet.ts'

const text = z.string().nullish()
const deviceSchema = z.object({
  id: text,
  mac: text,
  vendor: text,
  model: text,
  ip: text,
  description: text,
})
type WazoDevice = z.output<typeof deviceSchema>

/** As wazo-provd lists its devices (`devices`), as wazo-confd does (`items`), or the list alone. */
const listSchema = z.union([
  z.object({ devices: z.array(deviceSchema) }).transform(({ devices }) => devices),
  z.object({ items: z.array(deviceSchema) }).transform(({ items }) => items),
  z.array(deviceSchema),
])

/** A table to be completed: which line a device is for is not in such a list. */
export interface WazoSheet {
  readonly rows: readonly (readonly string[])[]
  /** By the row that the device has in the table. */
  readonly problems: readonly Problem[]
}

const filled = ['company', 'number', 'kind', 'site', 'firstName', 'lastName', 'model', 'mac'] as const
/** Says which device a row is; an import leaves these aside. */
const hints = ['wazo id', 'wazo ip', 'wazo description']

/** The devices of a wazo-provd as rows of an import, with the columns of the lines still empty. */
export function wazoSheet(bytes: Uint8Array, models: ModelLookup): WazoSheet {
  const problems: Problem[] = []
  const rows = devicesIn(bytes).map((device, i) => {
    const blame = (problem: Problem) => problems.push({ ...problem, path: `row ${i + 2}` })
    const model = modelOf(device, models, blame)
    const cells: Partial<Record<LineField, string>> = { model, mac: macOf(device, blame) }
    return [
      ...filled.map((field) => cells[field] ?? ''),
      ...[device.id, device.ip, device.description].map((cell) => cell ?? ''),
    ].map((cell) => (boundedCell(cell) === cell ? guarded(cell) : ''))
  })
  return { rows: [[...filled.map((field) => titles[field].en), ...hints], ...rows], problems }
}

function devicesIn(bytes: Uint8Array): readonly WazoDevice[] {
  const unfit = () =>
    new FleetFailure(
      'wazo-unfit',
      'the file is no device list of wazo-provd',
      'save the list of devices as its API answers it: JSON with "devices"',
    )
  let data: unknown
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw unfit()
  }
  const list = listSchema.safeParse(data)
  if (!list.success) throw unfit()
  return list.data
}

/** The model by its maker and its name in whatever writing; one that is not known stays as it was called. */
function modelOf(
  { vendor, model }: WazoDevice,
  models: ModelLookup,
  blame: (problem: Problem) => void,
): string {
  if (!model) {
    blame(fault('model-unknown', '', 'wazo does not know its model', 'write it into the row'))
    return ''
  }
  const called = vendor ? `${vendor}/${model}` : model
  const similar = models.similar(called)
  const same = similar.find((id) =>
    [id, id.slice(id.indexOf('/') + 1)].some(
      (name) => plainWord(name) === plainWord(vendor ? called : model),
    ),
  )
  if (same) return same
  const right =
    similar.length > 0
      ? `did you mean ${similar.join(', ')}?`
      : 'it is not in the catalogue: leave out its row'
  blame(fault('model-unknown', '', `there is no model "${called.slice(0, 60)}"`, right))
  return called
}

function macOf({ mac }: WazoDevice, blame: (problem: Problem) => void): string {
  const parsed = parseMac(mac ?? '', '')
  if ('mac' in parsed) return formatMac(parsed.mac)
  blame(parsed.problem)
  return ''
}
