/** One line of a configuration file: `name = value`. */
export type Entry = readonly [name: string, value: string]

/** What empties a parameter: a blank or absent one may keep its former value on the phone. */
export const nothing = '%NULL%'

/** The value, or the word that empties the parameter where there is none. */
export function orNothing(value: string | number | undefined): string {
  return value === undefined || value === '' ? nothing : `${value}`
}

/** What the device writes for yes and no. */
export function flag(on: boolean): string {
  return on ? '1' : '0'
}

/** Switches and key types are turned off with a zero; everything else is emptied. */
const switched = /(?:[._]enable|\.type|\.subscribe_mwi)$/

/** The same parameter for a place nobody uses, so that what is written and what is taken back never differ. */
export function unused([name]: Entry): Entry {
  return [name, switched.test(name) ? '0' : nothing]
}

export function prefixed(prefix: string, entries: readonly Entry[]): readonly Entry[] {
  return entries.map(([name, value]): Entry => [prefix + name, value])
}

/** 1 to `count`: accounts, handsets and keys are numbered from 1. */
export function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}
