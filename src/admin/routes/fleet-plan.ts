import { z } from 'zod'
import type { RecordChange } from '../../domain/fleet-diff.ts'
import { displayName } from '../../domain/intent.ts'
import { differences } from '../../fleet/differences.ts'
import type { FleetPlan } from '../../fleet/plan.ts'

export const problemOf = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  path: z.string(),
  wrong: z.string(),
  right: z.string(),
})

export const differenceOf = z.object({
  field: z.string(),
  was: z.string().optional(),
  is: z.string().optional(),
})

/** What a change does, before it is made or after. */
export const planOf = z.object({
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  reboots: z.int().describe('Devices that take it at once'),
  later: z.int().describe('Devices that wait for the quiet hours'),
  changes: z.array(
    z.object({
      what: z.enum(['company', 'site', 'line']),
      company: z.string(),
      subject: z.string(),
      name: z.string(),
      action: z.enum(['added', 'changed', 'removed']),
      fields: z.array(differenceOf).describe('Of a secret only that it changes'),
    }),
  ),
  devices: z.array(
    z.object({
      mac: z.string(),
      model: z.string(),
      company: z.string(),
      urgency: z.enum(['reboot', 'quiet-hours']),
      reasons: z.array(z.string()),
      restart: z.boolean(),
      link: z.enum(['linked', 'kept', 'unlinked']),
    }),
  ),
  renewals: z
    .array(z.object({ number: z.string(), password: z.enum(['renewed', 'kept']) }))
    .describe('Lines that lose a device, and what becomes of their SIP password'),
  warnings: z.array(problemOf),
})

export type ShownPlan = z.output<typeof planOf>

/** A plan without secrets. */
export function shownPlan({ diff, impacts, warnings, renewals }: FleetPlan): ShownPlan {
  const changes = diff.flatMap(({ name: company, settings, sites, lines }): ShownPlan['changes'] => [
    ...(settings
      ? [{ what: 'company' as const, company, subject: company, name: company, ...said(settings) }]
      : []),
    ...sites.map((site) => {
      const name = (site.after ?? site.before)?.name ?? ''
      return { what: 'site' as const, company, subject: name, name, ...said(site) }
    }),
    ...lines.map((line) => {
      const record = line.after ?? line.before
      const name = record ? displayName(record) : ''
      return { what: 'line' as const, company, subject: record?.number ?? '', name, ...said(line) }
    }),
  ])
  const count = (action: string) => changes.filter((change) => change.action === action).length
  return {
    added: count('added'),
    changed: count('changed'),
    removed: count('removed'),
    reboots: impacts.filter(({ urgency }) => urgency === 'reboot').length,
    later: impacts.filter(({ urgency }) => urgency === 'quiet-hours').length,
    changes,
    devices: impacts.map(({ reasons, ...impact }) => ({ ...impact, reasons: [...reasons] })),
    renewals: renewals.map((renewal) => ({ ...renewal })),
    warnings: warnings.map((warning) => ({ ...warning })),
  }
}

function said({
  before,
  after,
}: RecordChange<object>): Pick<ShownPlan['changes'][number], 'action' | 'fields'> {
  const action = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  // What is new or gone is named, not spelt out.
  return { action, fields: action === 'changed' ? [...differences(before, after)] : [] }
}
