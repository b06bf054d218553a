import { type Company, sipUser } from '../domain/intent.ts'
import type { Claims } from '../domain/located-fleet.ts'
import type { FleetReader } from '../store/store.ts'

/**
 * What lines outside the change hold of what these companies would. Companies that were read whole are inside with all
 * their lines, others with the lines that were read.
 */
export function claimsOutside(
  reader: Pick<FleetReader, 'claims'>,
  stored: readonly Company[],
  after: readonly Company[],
  read: 'companies' | 'lines',
): Promise<Claims> {
  const lines = after.flatMap((company) => company.lines)
  const candidates = {
    numbers: lines.map((line) => line.number),
    macs: [...new Set(given(lines.map((line) => line.equipment?.mac)))],
    emails: given(lines.map((line) => line.email)),
    sipUsers: lines.map(sipUser),
  }
  if (read === 'companies') {
    const companies = [...new Set([...stored, ...after].map((company) => company.name))]
    const blocks = after.flatMap((company) => company.numberBlocks ?? [])
    return reader.claims({ companies, lines: [] }, { ...candidates, shortNumbers: [], blocks })
  }
  const inside = stored.flatMap((company) => company.lines.map((line) => line.number))
  const shortNumbers = given(lines.map((line) => line.shortNumber))
  return reader.claims({ companies: [], lines: inside }, { ...candidates, shortNumbers, blocks: [] })
}

function given<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value) => value !== undefined)
}
