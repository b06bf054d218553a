import type { DeviceIntent } from '../../domain/device-intent.ts'
import { type Parts, textOf } from '../parts.ts'
import type { Entry } from './entry.ts'
import type { Lines } from './lines.ts'

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

/** Our lines, less those an operator has taken into his own hands. */
export function without(said: Lines | Parts, own: readonly Entry[]): Lines {
  const text = typeof said === 'string' ? said : textOf(said)
  if (!own.some(([name]) => text.includes(`${name} = `))) return text
  const names = new Set(own.map(([name]) => name))
  const kept = text.split('\n').filter((line) => !names.has(line.slice(0, line.indexOf(' = '))))
  return kept.join('\n')
}
