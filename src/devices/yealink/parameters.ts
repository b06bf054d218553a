import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { Entry } from './entry.ts'

/** The one parameter that may stand in a file several times: once for each account of the phone's web page. */
const repeatable = 'static.security.user_password'

/** A name that could end before its equals sign, or make its line a comment, is no parameter of any phone. */
const plainName = /^[^\s=#"[\p{Cc}][^\s=\p{Cc}]*$/u

/** What the operator adds: each name once, with the last value given. */
export function ownParameters(device: DeviceIntent): readonly Entry[] {
  const plain = device.parameters.filter(([name]) => plainName.test(name))
  const last = new Map(plain.map(([name], i) => [name, i]))
  return plain.filter(([name], i) => name === repeatable || last.get(name) === i)
}

/** The entries an operator has not taken into his own hands. */
export function without(entries: readonly Entry[], own: readonly Entry[]): readonly Entry[] {
  if (own.length === 0) return entries
  const names = new Set(own.map(([name]) => name))
  return entries.filter(([name]) => !names.has(name))
}
