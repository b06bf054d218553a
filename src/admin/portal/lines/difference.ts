import { changedFields } from '../changed-since.ts'
import type { Visit } from '../page.ts'
import { hasText } from '../text.ts'

export interface Difference {
  readonly label: string
  readonly was?: string
  readonly is?: string
}

/** What somebody else changed meanwhile, and how it differs from what was about to be saved. */
export function differenceIn({ fault, text }: Pick<Visit, 'fault' | 'text'>): readonly Difference[] {
  return changedFields(fault).map(({ field, ...values }) => {
    const key = `lines.field.${field}`
    return { label: hasText(key) ? text(key) : field, ...values }
  })
}
