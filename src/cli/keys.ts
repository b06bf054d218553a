import { catalogue } from '../devices/catalogue.ts'
import { type Company, displayName, type Line } from '../domain/intent.ts'
import { capacity, layKeys, maxSupervision, type PlacedKey } from '../domain/key-layout.ts'
import { findOneLine } from '../fleet/change-line.ts'
import { command } from './command.ts'
import { withStore } from './fleet-store.ts'
import { table } from './table.ts'

export const keys = command({
  name: 'keys',
  summary: "Show a line's keys, each in its place on the phone",
  operands: ['LINE'],
  examples: ['bootline keys +33483050173', 'bootline keys 1073 --json'],
  options: {},
  async run(context, _, [text = '']) {
    return withStore(context, async (store) => {
      const { company: name, line } = await findOneLine(store, text)
      const around = { numbers: [line.number], macs: [], watched: [] }
      const [company] = await store.readFleet({ companies: [name], secrets: false, around })
      const model = catalogue.find(line.equipment?.model ?? '')
      const room = model && capacity(model, line.equipment?.expansion)
      const placed = model
        ? layKeys(model, line.equipment?.expansion ?? [], line.keys.supervision, line.keys.shortcuts)
        : []
      const shown = placed.map((key) => ({
        key: key.slot.number,
        where: place(key),
        ...faceOf(key, line, company),
      }))
      const used = line.keys.supervision.length + line.keys.shortcuts.length
      context.show({ line: line.number, model: model?.id, used, capacity: room, keys: shown }, () => {
        if (!model) return `${line.number} ${displayName(line)} has no equipment`
        if (room === undefined) return `${model.label}: this model has no programmable keys`
        const counts = `${used}/${room} keys, supervision ${line.keys.supervision.length}/${Math.min(maxSupervision, room)}, interception ${line.keys.shortcuts.includes('interception') ? 1 : 0}/1`
        return [
          `${line.number} ${displayName(line)}, ${model.label}: ${counts}`,
          table([
            ['KEY', 'WHERE', 'WHAT', 'LABEL', 'NUMBER'],
            ...shown.map((key) => Object.values(key).map(String)),
          ]),
        ].join('\n')
      })
      return 0
    })
  },
})

function place({ slot }: PlacedKey): string {
  return slot.module === 0 ? `phone ${slot.key}` : `module ${slot.module}, ${slot.key}`
}

function faceOf(
  key: PlacedKey,
  line: Line,
  company: Company | undefined,
): { what: string; label: string; number: string } {
  if (key.role === 'line') return { what: 'line', label: displayName(line), number: line.number }
  if (key.role === 'interception')
    return { what: 'interception', label: 'Interception', number: company?.codes.groupPickup ?? '' }
  if (key.role === 'shortcut') return { what: 'shortcut', label: key.label, number: key.number }
  const watched = company?.lines.find((other) => other.number === key.number)
  return { what: 'supervision', label: watched ? displayName(watched) : key.number, number: key.number }
}
