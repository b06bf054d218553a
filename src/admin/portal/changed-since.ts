import type { Fault } from './page.ts'

/** A field that somebody else changed, and how it differs from what was about to be saved. */
export interface ChangedField {
  readonly field: string
  readonly was?: string
  readonly is?: string
}

/** Nothing is wrong but that somebody else was quicker. */
export function isChangedSince(fault: Fault | undefined): fault is Fault {
  return fault?.code === 'changed-since'
}

export function changedFields(fault: Fault | undefined): readonly ChangedField[] {
  return isChangedSince(fault) ? (fault.more.difference as readonly ChangedField[]) : []
}
