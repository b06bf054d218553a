import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { Locale } from '../../domain/intent.ts'
import type { Attribute } from './attributes.ts'
import { featuresOf } from './generations.ts'

const languages: Readonly<Record<Locale, string>> = { fr: 'French_France', en: 'English_United_States' }

export function language(locale: Locale): readonly Attribute[] {
  return [['lcl.ml.lang', languages[locale]]]
}

/**
 * How the phone keeps up with us. A notice restarts it: we send one only when it has something new to read, and new
 * keys must be there at once. Each night it looks by itself, in case a notice was lost. What is changed on the phone
 * is not stored with us, and the favourites are the manager's: they may not be edited.
 */
export function upkeep(device: DeviceIntent): readonly Attribute[] {
  return [
    ['voIpProt.SIP.specialEvent.checkSync.alwaysReboot', '1'],
    ['prov.polling.enabled', '1'],
    ['prov.polling.mode', 'abs'],
    ['prov.polling.period', '86400'],
    ['prov.polling.time', nightly(device.mac)],
    ['prov.autoConfigUpload.enabled', '0'],
    ['dir.local.readonly', '1'],
    ...(featuresOf(device.model).has('cloud services') ? cloudOff : []),
  ]
}

/** The vendor's cloud must not manage what we manage. */
const cloudOff: readonly Attribute[] = [
  ['feature.lens.enabled', '0'],
  ['feature.obitalk.enabled', '0'],
  ['feature.da.enabled', '0'],
  ['feature.pcc.enabled', '0'],
]

/**
 * A minute between 01:00 and 04:59 that a phone keeps for life, from the end of its address. The phone's own random
 * moment could be noon, and a drawn one would make its file change at each rendering.
 */
function nightly(mac: string): string {
  const minute = 60 + (Number.parseInt(mac.slice(-6), 16) % 240)
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
