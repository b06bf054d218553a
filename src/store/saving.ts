import type { RecordChange } from '../domain/fleet-diff.ts'
import type { Sealer } from './seal.ts'
import type { Queries } from './tables.ts'

/** What every step of a save works with. */
export interface Saving {
  readonly db: Queries
  readonly sealer: Sealer
  /** Counts work done, for whoever watches. */
  readonly tick: (steps: number) => void
}

/** A record's change together with its company: what the tables are filled by. */
export type InCompany<T> = RecordChange<T> & { readonly company: string }
