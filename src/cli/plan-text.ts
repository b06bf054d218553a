import { sameRecord } from '../domain/diff.ts'
import type { DeviceImpact, RecordChange } from '../domain/fleet-diff.ts'
import { displayName } from '../domain/intent.ts'
import { formatMac } from '../domain/mac.ts'
import type { Problem } from '../domain/problem.ts'
import type { FleetPlan } from '../fleet/plan.ts'
import { table } from './table.ts'

/** A plan as people read it: what is added, changed and removed, then which devices hear of it. */
export function planText(plan: FleetPlan): string {
  if (isEmpty(plan))
    return ['Nothing to do: the fleet is as the file says.', ...plan.warnings.map(warningText)].join('\n')
  const companies = plan.diff.flatMap((company) => [
    `company ${company.name}`,
    ...(company.settings ? recordText(company.settings, 'settings', '') : []),
    ...company.sites.flatMap((site) => recordText(site, 'site', (site.after ?? site.before)?.name ?? '')),
    ...company.lines.flatMap((line) => {
      const record = line.after ?? line.before
      return recordText(line, 'line', record ? `${record.number} ${displayName(record)}` : '')
    }),
  ])
  return [
    ...companies,
    '',
    ...devicesText(plan.impacts),
    ...renewalsText(plan),
    ...plan.warnings.map(warningText),
    summary(plan),
  ].join('\n')
}

export function isEmpty(plan: FleetPlan): boolean {
  return plan.diff.length === 0
}

function recordText(change: RecordChange<object>, what: string, name: string): string[] {
  const { before, after } = change
  const head = (sign: string) => `  ${sign} ${what} ${name}`.trimEnd()
  if (!after) return [head('-')]
  if (!before) return [head('+'), ...(what === 'line' ? equipmentOf(after) : [])]
  return [head('~'), ...fieldChanges(before, after)]
}

function equipmentOf(line: object): string[] {
  const equipment = (line as Record<string, unknown>).equipment
  return equipment === undefined ? [] : [`      equipment: ${shown('equipment', equipment)}`]
}

function fieldChanges(before: object, after: object): string[] {
  const was = before as Record<string, unknown>
  const is = after as Record<string, unknown>
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => !sameRecord(was[field], is[field]))
    .flatMap((field) => {
      if (field === 'keys' || field === 'codes') {
        return fieldChanges((was[field] ?? {}) as object, (is[field] ?? {}) as object).map((line) =>
          line.replace('      ', `      ${field}.`),
        )
      }
      if (field === 'sip' && 'number' in after) return ['      SIP account changed']
      if (field === 'reboot') return rebootChange(was[field], is[field])
      return [`      ${field}: ${shown(field, was[field])} → ${shown(field, is[field])}`]
    })
}

/** What a password is goes to nobody; that it is another one does. */
function rebootChange(before: unknown, after: unknown): string[] {
  const [was, is] = [shown('reboot', before), shown('reboot', after)]
  const passwordOf = (of: unknown) => (of as { password?: string } | undefined)?.password
  return [
    ...(was === is ? [] : [`      reboot: ${was} → ${is}`]),
    ...(passwordOf(before) === passwordOf(after) ? [] : ['      reboot: password changed']),
  ]
}

/** One value on one line; a password never. */
function shown(field: string, value: unknown): string {
  if (value === undefined) return 'none'
  if (field === 'mac' && typeof value === 'string') return formatMac(value)
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((item) => shown('', item)).join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  const record = value as Record<string, unknown>
  if (typeof record.label === 'string') return `${record.label} (${record.number})`
  return Object.entries(record)
    .filter(([name, item]) => name !== 'password' && !(Array.isArray(item) && item.length === 0))
    .map(([name, item]) => (name === 'model' ? String(item) : `${name} ${shown(name, item)}`))
    .join(', ')
}

function devicesText(impacts: readonly DeviceImpact[]): string[] {
  if (impacts.length === 0) return ['No device gets a new configuration.']
  const rows = impacts.map((impact) => [
    `  ${formatMac(impact.mac)}`,
    impact.model,
    impact.link === 'unlinked'
      ? 'is reset'
      : impact.urgency === 'reboot'
        ? 'reboots now'
        : 'waits for the quiet hours',
    impact.reasons.join(', '),
  ])
  return ['Devices that get a new configuration:', table(rows)]
}

function renewalsText(plan: FleetPlan): string[] {
  return plan.renewals.map(({ number, password }) =>
    password === 'renewed'
      ? `  the SIP password of ${number} is renewed`
      : `  the SIP password of ${number} was given by you and is kept: change it if the device is out of your hands`,
  )
}

function warningText(problem: Problem): string {
  return `warning ${problem.code}: ${problem.path}: ${problem.wrong} → ${problem.right}`
}

function summary(plan: FleetPlan): string {
  const { added, changed, removed, reboots, later } = planCounts(plan)
  return `${added} added, ${changed} changed, ${removed} removed; ${reboots} devices reboot, ${later} wait for the quiet hours`
}

export function planCounts(plan: FleetPlan) {
  const records: RecordChange<unknown>[] = plan.diff.flatMap((company) => [
    ...(company.settings ? [company.settings] : []),
    ...company.sites,
    ...company.lines,
  ])
  return {
    added: records.filter((record) => record.before === undefined).length,
    changed: records.filter((record) => record.before !== undefined && record.after !== undefined).length,
    removed: records.filter((record) => record.after === undefined).length,
    reboots: plan.impacts.filter((impact) => impact.urgency === 'reboot').length,
    later: plan.impacts.filter((impact) => impact.urgency === 'quiet-hours').length,
  }
}
