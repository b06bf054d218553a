import {
  type DeviceAccess,
  duringCallActions,
  locales,
  rebootWays,
  transports,
  userSettingsChoices,
} from '../../../domain/intent.ts'
import type { Visit } from '../page.ts'
import { valueName } from './words.ts'

const choices = {
  locale: locales,
  keyDuringCall: duringCallActions,
  // The usual one first.
  deviceAccess: ['first-contact', 'certificate', 'open'] satisfies readonly DeviceAccess[],
  userSettings: userSettingsChoices,
  'reboot.by': rebootWays,
} as const

const timezones = Intl.supportedValuesOf('timeZone')

export interface Choices {
  readonly timezones: readonly string[]
  readonly transports: readonly object[]
  readonly options: Readonly<Record<string, readonly object[]>>
}

/** Everything that is chosen and not written, in the reader's words. */
export function choicesOf({ text }: Pick<Visit, 'text'>): Choices {
  const options = Object.entries(choices).map(([field, values]) => [
    field,
    values.map((value) => ({ value, label: valueName({ text }, field, value) })),
  ])
  return {
    timezones,
    transports: transports.map((value) => ({ value, label: value.toUpperCase() })),
    options: Object.fromEntries(options),
  }
}
