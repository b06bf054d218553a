import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { Locale } from '../../domain/intent.ts'
import { dialectOf } from './dialect.ts'
import { type Entry, nothing } from './entry.ts'

/** The language of screens and pages, and whose dial tone is heard: English is no country's, and keeps the phone's own. */
const speech: Readonly<Record<Locale, { readonly name: string; readonly tones: string }>> = {
  fr: { name: 'French', tones: 'France' },
  en: { name: 'English', tones: nothing },
}

/** A base has no screen; its handsets are told apart. */
export function language(device: DeviceIntent): readonly Entry[] {
  const { name, tones } = speech[device.locale]
  return [
    ...(dialectOf(device).layout === 'phone' ? [['lang.gui', name] satisfies Entry] : []),
    ['lang.wui', name],
    ['voice.tone.country', tones],
  ]
}
