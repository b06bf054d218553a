import { createHash } from 'node:crypto'
import { type Difference, differences } from '../../fleet/differences.ts'
import { ApiFailure } from '../http/failure.ts'

/** Stands for a state: the same state has the same, wherever it is read and in whatever order its fields come. */
export function etagOf(state: unknown): string {
  return createHash('sha256').update(JSON.stringify(state, inOrder)).digest('base64url').slice(0, 22)
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Stops a change that was meant for another state than there is: what there is now and how it differs from what is
 * wanted go along, so that whoever comes second can decide.
 */
export function refuseOtherState(
  ifMatch: string | undefined,
  current: object,
  wanted: object,
  etag: string = etagOf(current),
): void {
  if (ifMatch === undefined || ifMatch === etag) return
  const difference: readonly Difference[] = differences(current, wanted)
  throw new ApiFailure(
    412,
    'changed-since',
    'somebody has changed this since it was read: nothing was done',
    'look at the difference, read it again and decide',
    { headers: { ETag: `"${etag}"` }, more: { yours: wanted, current, difference } },
  )
}
