import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { Locale } from '../../domain/intent.ts'
import { countryOf } from './place.ts'
import { type Setting, set } from './settings.ts'

const languages: Readonly<Record<Locale, string>> = { fr: 'French', en: 'English' }

/** Pickup and voicemail codes, what the keys watch, and a check-sync that restarts the phone even without a change. */
export function services(device: DeviceIntent): readonly Setting[] {
  const { directedPickup, voicemail } = device.codes
  return [
    set('voip/services/busy_lamp_field/enabled', 1),
    // Without a resource list the phone subscribes to each watched line by itself.
    set('voip/services/busy_lamp_field/uri', ''),
    set('voip/services/call_pickup/enabled', 1),
    set('voip/services/call_pickup/access_code', directedPickup),
    set('voip/services/msg_waiting_ind/enabled', 1),
    set('voip/services/msg_waiting_ind/voice_mail_number', voicemail),
    set('voip/services/notify/check_sync/force_reboot_enabled', 1),
  ]
}

/**
 * An empty digit map, the # key and four seconds of silence: a map written for one country cuts the numbers of another
 * short, and its grammar is not established for every firmware.
 */
export function dialling(): readonly Setting[] {
  return [
    set('voip/signalling/sip/digit_map', ''),
    set('voip/dialing/timeout', 4),
    set('voip/dialing/dial_complete_key/enabled', 1),
    set('voip/dialing/dial_complete_key/key', '#'),
  ]
}

export function place(device: DeviceIntent): readonly Setting[] {
  return [
    set('personal_settings/language', languages[device.locale]),
    set('voip/regional_settings/selected_country', countryOf(device.timezone, device.locale).name),
  ]
}
