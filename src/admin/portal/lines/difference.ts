import type { Fault, Visit } from '../page.ts'
import { hasText } from '../text.ts'

export interface Difference {
  readonly label: string
  readonly was?: string
  readonly is?: string
}

/** What somebody else changed meanwhile, and how it differs from what was about to be saved. */
export function differenceIn({ fault, text }: Pick<Visit, 'fault' | 'text'>): readonly Difference[] {
  return told(fault).map(({ field, ...values }) => {
    const key = `lines.field.${field}`
    return { label: hasText(key) ? text(key) : field, ...values }
  })
}

function told(fault: Fault | undefined): readonly (Omit<Difference, 'label'> & { readonly field: string })[] {
  if (fault?.code !== 'changed-since') return []
  return fault.more.difference as readonly { readonly field: string }[]
}
