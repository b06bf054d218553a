import { deviceIntent, linesByDevice } from './devices.ts'
import type { DeviceImpact, FleetDiff } from './fleet-diff.ts'
import { compareDevices, impactOf } from './impact.ts'
import type { Company, Line } from './intent.ts'
import type { ModelLookup } from './model.ts'

/**
 * Devices touched by a change, each once. One that goes to another company with the very lines it has stays what it is;
 * one that is given other lines there is new.
 */
export function impactsOf(
  diff: FleetDiff,
  before: readonly Company[],
  after: readonly Company[],
  models: ModelLookup,
): readonly DeviceImpact[] {
  const find = (companies: readonly Company[], name: string) =>
    companies.find((company) => company.name === name)
  const all = diff.flatMap((change) =>
    impactOf(change, find(before, change.name), find(after, change.name), models),
  )
  const leaving = new Map(all.flatMap((one) => (one.link === 'unlinked' ? [[one.mac, one] as const] : [])))
  const staying = new Set(all.filter(({ link }) => link !== 'unlinked').map(({ mac }) => mac))
  return all.flatMap((impact) => {
    if (impact.link === 'unlinked') return staying.has(impact.mac) ? [] : [impact]
    const left = impact.link === 'linked' ? leaving.get(impact.mac) : undefined
    if (!left) return [impact]
    const moved = movedDevice(impact, find(before, left.company), find(after, impact.company), models)
    return [moved ?? impact]
  })
}

const moved: Pick<DeviceImpact, 'urgency' | 'reasons' | 'restart'> = {
  urgency: 'quiet-hours',
  reasons: ['moved to another company'],
  restart: false,
}

/** `undefined`: it is not the same device with the same lines. */
function movedDevice(
  impact: DeviceImpact,
  from: Company | undefined,
  to: Company | undefined,
  models: ModelLookup,
): DeviceImpact | undefined {
  if (!from || !to) return undefined
  const [old, now] = [from, to].map((company) => linesByDevice(company.lines).get(impact.mac) ?? [])
  if (!old || !now || !sameNumbers(old, now)) return undefined
  const [was, is] = [intentIn(from, impact.mac, old, models), intentIn(to, impact.mac, now, models)]
  if (!was || !is) return undefined
  const { urgency, reasons, restart } = compareDevices(was, is) ?? { ...moved, reasons: [] }
  return { ...impact, link: 'kept', urgency, reasons: [...moved.reasons, ...reasons], restart }
}

function sameNumbers(a: readonly Line[], b: readonly Line[]): boolean {
  const numbers = new Set(b.map(({ number }) => number))
  return a.length === b.length && a.every(({ number }) => numbers.has(number))
}

function intentIn(company: Company, mac: string, lines: readonly Line[], models: ModelLookup) {
  const byNumber = new Map(company.lines.map((line) => [line.number, line]))
  return deviceIntent(company, mac, lines, models, (number) => byNumber.get(number))
}
