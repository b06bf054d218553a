import { parseMac } from '../domain/mac.ts'
import { parseLineNumber, parseNumber } from '../domain/phone-number.ts'
import type { Path, Problem } from '../domain/problem.ts'
import type { EquipmentEntry, KeysEntry, LineEntry, SiteEntry } from './schema.ts'

/** A site with the numbers of its groups in the form they are kept in. */
export function normaliseSite(site: SiteEntry, path: Path, faults: Problem[]): SiteEntry {
  if (!site.pickupGroups) return site
  const pickupGroups = site.pickupGroups.map((group, g) => {
    if (!group.members) return group
    const members = numbers(group.members, `${path}.pickupGroups[${g}].members`, faults)
    return { ...group, members: [...members] }
  })
  return { ...site, pickupGroups }
}

/** A line with its numbers and its MAC in the form they are kept in; faults are added to the list. */
export function normaliseLine(line: LineEntry, path: Path, faults: Problem[]): LineEntry | undefined {
  const parsed = parseLineNumber(line.number, `${path}.number`)
  if ('problem' in parsed) {
    faults.push(parsed.problem)
    return undefined
  }
  return {
    ...line,
    number: parsed.number,
    ...(line.equipment ? { equipment: normaliseEquipment(line.equipment, `${path}.equipment`, faults) } : {}),
    ...(line.keys ? { keys: normaliseKeys(line.keys, `${path}.keys`, faults) } : {}),
  }
}

function normaliseEquipment(equipment: EquipmentEntry, path: Path, faults: Problem[]): EquipmentEntry {
  if (!equipment.mac) return equipment
  const parsed = parseMac(equipment.mac, `${path}.mac`)
  if ('mac' in parsed) return { ...equipment, mac: parsed.mac }
  faults.push(parsed.problem)
  return equipment
}

function normaliseKeys(keys: KeysEntry, path: Path, faults: Problem[]): KeysEntry {
  return {
    ...keys,
    ...(keys.supervision
      ? { supervision: [...numbers(keys.supervision, `${path}.supervision`, faults)] }
      : {}),
    ...(keys.shortcuts
      ? {
          shortcuts: keys.shortcuts.map((shortcut, i) => {
            if (shortcut === 'interception') return shortcut
            const [number = shortcut.number] = numbers([shortcut.number], `${path}.shortcuts`, faults, i)
            return { ...shortcut, number }
          }),
        }
      : {}),
  }
}

function numbers(
  texts: readonly string[],
  path: Path,
  faults: Problem[],
  offset?: number,
): readonly string[] {
  return texts.map((text, i) => {
    const at = offset === undefined ? `${path}[${i}]` : `${path}[${offset}].number`
    const parsed = parseNumber(text, at)
    if ('number' in parsed) return parsed.number
    faults.push(parsed.problem)
    return text
  })
}
