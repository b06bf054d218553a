import type { Company, NumberBlock } from './intent.ts'
import type { Path } from './problem.ts'

/** A company together with where each of its parts stands in the input, so that a fault can point there. */
export interface LocatedCompany {
  readonly company: Company
  readonly path: Path
  /** Parallel to `company.sites`, and to the pickup groups of each. */
  readonly sites: readonly { readonly path: Path; readonly groups: readonly Path[] }[]
  /** Parallel to `company.lines`. */
  readonly lines: readonly Path[]
  /** Sites that the change removes: a line that still names one is told so. */
  readonly removedSites: readonly string[]
}

/** What lines outside the change already hold. */
export interface Claims {
  readonly numbers: ReadonlyMap<string, Holder>
  readonly macs: ReadonlyMap<string, Holder>
  readonly emails: ReadonlyMap<string, Holder>
  /** By `user@domain`, lower case. */
  readonly sipUsers: ReadonlyMap<string, Holder>
  /** As `shortOf` writes them. */
  readonly shortNumbers: ReadonlyMap<string, Holder>
  /** Blocks of numbers of other companies. */
  readonly blocks: readonly HeldBlock[]
}

export interface HeldBlock extends NumberBlock {
  readonly company: string
}

/** A short number is one line's in its company, and may be another's in the next. */
export function shortOf(company: string, shortNumber: string | null | undefined): string {
  return `${shortNumber ?? ''} ${company}`
}

export interface Holder {
  readonly company: string
  readonly number: string
}
