import { changedFields } from '../changed-since.ts'
import type { Visit } from '../page.ts'
import { fieldName, valueName } from './words.ts'

/** What somebody else changed meanwhile, and how it differs from what was about to be saved. */
export function changedSince(visit: Pick<Visit, 'fault' | 'text'>): readonly object[] {
  return changedFields(visit.fault).map(({ field, was, is }) => ({
    label: fieldName(visit, field),
    ...(was === undefined ? {} : { was: valueName(visit, field, was) }),
    ...(is === undefined ? {} : { is: valueName(visit, field, is) }),
  }))
}
