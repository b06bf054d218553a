import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { Locale } from '../../domain/intent.ts'
import { dialectOf } from './dialect.ts'
import { type Entry, numbers, unused } from './entry.ts'
import { type Lines, lines, staticLines } from './lines.ts'
import { activeHandsets } from './quirks.ts'

/** The handsets' own numbering of languages. */
const languages: Readonly<Record<Locale, string>> = { en: '0', fr: '1' }

/** What all handsets of the base take over, once the base is told to hand it on. */
export function handsetDefaults(device: DeviceIntent): Lines {
  const active = activeHandsets[device.model.id]
  const handedOn = staticLines(dialectOf(device), [
    ['auto_provision.handset_configured.enable', '1'],
    ['auto_provision.custom.handset.protect', '0'],
  ])
  const own: readonly Entry[] = [
    ...(active === undefined ? [] : [['base.active_handset.number', `${active}`] satisfies Entry]),
    ['custom.handset.language', languages[device.locale]],
    ['custom.handset.time_format', '1'],
  ]
  return handedOn + lines(own)
}

/** Handset n rings and dials with account n; a handset nobody has rings for none and dials with none. */
export function handsets(device: DeviceIntent): readonly Entry[] {
  const names = new Map(device.ports.map((port) => [port.port, port.displayName]))
  return numbers(device.model.ports).flatMap((n) => {
    const entries: readonly Entry[] = [
      [`handset.${n}.name`, names.get(n) ?? ''],
      [`handset.${n}.incoming_lines`, `${n}`],
      [`handset.${n}.dial_out_lines`, `${n}`],
      [`handset.${n}.dial_out_default_line`, `${n}`],
    ]
    return names.has(n) ? entries : entries.map(unused)
  })
}
