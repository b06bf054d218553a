/** What happens to a field that the file leaves out: it stays, or (with --prune) it goes. */
export type Kept = 'kept' | 'dropped'

/** The file's value; the stored one where the file is silent; none where it says `null`. */
export function chosen<T>(entry: T | null | undefined, stored: T | undefined, kept: Kept): T | undefined {
  if (entry === null) return undefined
  if (entry !== undefined) return entry
  return kept === 'kept' ? stored : undefined
}

/** The fields that have a value: an absent field and an undefined one are not the same to a record. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
