import type { RecordChange } from '../domain/fleet-diff.ts'
import type { CompanySettings } from '../domain/intent.ts'
import type { FleetPlan } from '../fleet/plan.ts'
import { planCounts } from './plan-text.ts'

/** A plan for programs. Passwords are left out: only that an account changes is said. */
export function planJson(plan: FleetPlan): object {
  return {
    ...planCounts(plan),
    companies: plan.diff.map(({ name, settings, sites, lines }) => ({
      name,
      ...(settings ? { settings: settingsWithoutPassword(settings) } : {}),
      sites,
      lines: lines.map(withoutPasswords),
    })),
    devices: plan.impacts,
    renewals: plan.renewals,
    warnings: plan.warnings,
  }
}

/** What a company's devices are told by. */
function settingsWithoutPassword({ before, after }: RecordChange<CompanySettings>): object {
  const changed = before?.reboot?.password !== after?.reboot?.password
  const strip = (settings: CompanySettings) => {
    if (!settings.reboot) return settings
    const { password, ...reboot } = settings.reboot
    return { ...settings, reboot }
  }
  return {
    ...(before ? { before: strip(before) } : {}),
    ...(after ? { after: strip(after) } : {}),
    ...(before && after && changed ? { passwordChanged: true } : {}),
  }
}

function withoutPasswords<T extends { sip?: { user?: string; password?: string } }>({
  before,
  after,
}: RecordChange<T>): object {
  const changed = before?.sip?.password !== after?.sip?.password
  const strip = (record: T) => {
    const { sip, ...rest } = record
    return sip?.user === undefined ? rest : { ...rest, sip: { user: sip.user } }
  }
  return {
    ...(before ? { before: strip(before) } : {}),
    ...(after ? { after: strip(after) } : {}),
    ...(before && after && changed ? { passwordChanged: true } : {}),
  }
}
