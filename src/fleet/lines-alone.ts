import type { FleetQuery } from '../store/read-fleet.ts'
import type { FleetEntries } from './entries.ts'

/** With more lines than this, finding them and their like one by one is no gain. */
const few = 200

/** What a file names that says nothing but of a few lines; `undefined`: it says more. */
export function linesAlone({ companies }: FleetEntries): FleetQuery['around'] {
  const ofLines = companies.every(
    ({ entry, sites }) => sites === undefined && Object.keys(entry).every((field) => field === 'name'),
  )
  const lines = companies.flatMap((part) => (part.lines ?? []).map(({ entry }) => entry))
  if (!ofLines || lines.length > few) return undefined
  return {
    numbers: lines.map((line) => line.number),
    macs: lines.flatMap((line) => line.equipment?.mac ?? []),
    watched: lines.flatMap((line) => line.keys?.supervision ?? []),
  }
}
