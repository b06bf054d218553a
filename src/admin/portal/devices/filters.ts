import type { z } from 'zod'
import { alarmNames, standings } from '../../routes/devices-shown.ts'
import type { meantBody } from '../../routes/reboots-meant.ts'

/** What a list of devices is narrowed to, as it stands in the address of the page and in its forms. */
export type Filters = Omit<z.output<typeof meantBody>, 'macs'>

/** What is written by hand into an address and is no filter narrows nothing. */
export function filtersOf(given: Readonly<Record<string, string>>): Filters {
  const { company, site, model, search } = given
  const standing = standings.find((name) => name === given.standing)
  const alarm = ([...alarmNames, 'any'] as const).find((name) => name === given.alarm)
  const all = { company, site: company === undefined ? undefined : site, model, search, standing, alarm }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

export function isNarrowed(filters: Filters): boolean {
  return Object.values(filters).some((value) => value !== undefined)
}
