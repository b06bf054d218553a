import type { DeviceIntent } from '../../domain/device-intent.ts'
import { countryOf } from './place.ts'
import { isFax } from './port-use.ts'
import { type Setting, set } from './settings.ts'

/**
 * Fax is set for the whole gateway: with a fax on any socket it speaks T.38, at 14400 with error correction, falls back
 * to G.711 where the other side does not, and holds V.34 machines down to T.30. Without one, none of it.
 */
export function fax(device: DeviceIntent): readonly Setting[] {
  const used = device.ports.some(isFax)
  const { law } = countryOf(device.timezone, device.locale)
  return [
    set('IsFaxUsed', used ? 3 : 0),
    set('FaxTransportMode', used ? 1 : 0),
    set('FaxRelayECMEnable', 1),
    set('FaxRelayMaxRate', 5),
    set('FaxModemBypassCoderType', law === 'mu-law' ? 1 : 0),
    set('V22ModemTransportType', 0),
    set('V23ModemTransportType', 0),
    set('V32ModemTransportType', 0),
    set('V34ModemTransportType', 0),
    set('EnableSilenceCompression', 0),
  ]
}
