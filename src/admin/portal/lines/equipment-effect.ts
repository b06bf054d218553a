import type { ShownPlan } from '../../routes/fleet-plan.ts'
import { inWords } from '../faults.ts'
import type { Visit } from '../page.ts'
import { tried } from '../trial.ts'
import type { GivenEquipment } from './equipment-given.ts'
import { type KnownLine, keyNames } from './known.ts'

export interface EquipmentAnswer {
  readonly plan: ShownPlan
  readonly dropped: {
    readonly supervision: readonly string[]
    readonly shortcuts: readonly ('interception' | { readonly number: string; readonly label: string })[]
  }
  readonly password: 'renewed' | 'kept' | 'unchanged'
}

/** What equipment would do to a line, in words; nothing is done. */
export async function effectOf(visit: Visit, known: KnownLine, given: GivenEquipment): Promise<object> {
  const { ask } = visit
  const { done, fault } = await tried(visit, () =>
    ask<EquipmentAnswer>('setEquipment', {
      params: { line: known.line.number },
      query: { dryRun: true },
      body: given,
      ifMatch: known.equipmentEtag,
    }),
  )
  if (fault) return { fault: { ...fault, problems: once(fault.problems) } }
  const { plan, password } = done.body
  // Which keys go is listed by their names.
  const warnings = plan.warnings.filter(({ code }) => code !== 'keys-dropped')
  return {
    ...(await lostKeys(visit, known, done.body)),
    changes: plan.changes.length > 0,
    restarts: plan.devices.some(({ restart, link }) => restart && link !== 'unlinked'),
    resets: plan.devices.filter(({ link }) => link === 'unlinked').map(({ mac }) => mac),
    renewed: password === 'renewed',
    warnings: once(warnings.map((warning) => ({ ...warning, ...inWords(visit.locale, warning) }))),
  }
}

/** Of several lines on one device each one may say the same. */
function once<T extends { readonly wrong: string }>(problems: readonly T[]): readonly T[] {
  return problems.filter(({ wrong }, i) => problems.findIndex((other) => other.wrong === wrong) === i)
}

/** The keys that go, by the names on them. */
export async function lostKeys(
  visit: Visit,
  known: KnownLine,
  { dropped }: Pick<EquipmentAnswer, 'dropped'>,
): Promise<{
  readonly lost: number
  readonly supervision: readonly object[]
  readonly shortcuts: readonly object[]
}> {
  const { supervision, shortcuts } = dropped
  const lost = supervision.length + shortcuts.length
  const names = supervision.length > 0 ? await keyNames(visit, known) : new Map<string, string>()
  return {
    lost,
    supervision: supervision.map((number) => ({ number, label: names.get(number) })),
    shortcuts: shortcuts.map((shortcut) => (shortcut === 'interception' ? { interception: true } : shortcut)),
  }
}
