import type { ShownPlan } from '../../routes/fleet-plan.ts'
import { inWords } from '../faults.ts'
import type { Visit } from '../page.ts'
import { fieldName, valueName } from './words.ts'

/** So many changes are told one by one; of more it is enough to know how many. */
const most = 40

export interface PlanInWords {
  readonly changes: readonly object[]
  readonly more: number
  readonly reboots: number
  readonly later: number
  readonly warnings: readonly object[]
}

/** What a change would do, as people are told before they agree. */
export function planInWords(visit: Pick<Visit, 'text' | 'locale'>, plan: ShownPlan): PlanInWords {
  const changes = plan.changes.flatMap(({ what, name, fields }) =>
    fields.map(({ field, was, is }) => ({
      field: fieldName(visit, field),
      of: what === 'company' ? undefined : name,
      was: was === undefined ? undefined : valueName(visit, field, was),
      is: is === undefined ? secretOr(was, visit) : valueName(visit, field, is),
    })),
  )
  return {
    changes: changes.slice(0, most),
    more: Math.max(0, changes.length - most),
    reboots: plan.reboots,
    later: plan.later,
    warnings: plan.warnings.map((warning) => warned(visit.locale, warning)),
  }
}

/** Of a secret it is only said that it changes; what has no value any more has none. */
function secretOr(was: string | undefined, { text }: Pick<Visit, 'text'>): string | undefined {
  return was === undefined ? text('audit.secret') : undefined
}

/** A sentence that does not say which parameter is meant gets its name before it. */
function warned(locale: Visit['locale'], warning: ShownPlan['warnings'][number]): object {
  const words = inWords(locale, warning)
  const name = /\["([^"]+)"\]$/.exec(warning.path)?.[1]
  return { ...words, ...(name && !words.wrong.includes(name) ? { name } : {}) }
}

/** Worth a look before it is done: a phone restarts, or there is a doubt. */
export function isWeighty({ reboots, later, warnings }: ShownPlan): boolean {
  return reboots + later + warnings.length > 0
}

/** Says which plan was seen; another one has to be seen anew. */
export function markOf({ reboots, later, warnings }: ShownPlan): string {
  return [reboots, later, warnings.length].join('-')
}
