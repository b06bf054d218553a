import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { KeyDuringCall } from '../../domain/intent.ts'
import { dialectOf } from './dialect.ts'
import { type Entry, flag, nothing, orNothing } from './entry.ts'

/**
 * What a supervision key does during a call: a new call while the first is held, or a transfer at once. A call is
 * parked the same way: it is left at once at the place the key watches.
 */
const dealTypes: Readonly<Record<KeyDuringCall, string>> = { hold: '0', transfer: '2', park: '2' }

/** How calls are taken and passed on. A device without a line takes none. */
export function callHandling(device: DeviceIntent): readonly Entry[] {
  const linked = device.ports.length > 0
  const { directedPickup, groupPickup } = device.codes
  return [
    ['features.pickup.direct_pickup_enable', flag(linked)],
    ['features.pickup.direct_pickup_code', linked ? orNothing(directedPickup) : nothing],
    ['features.pickup.group_pickup_enable', flag(linked)],
    ['features.pickup.group_pickup_code', linked ? orNothing(groupPickup) : nothing],
    ['features.blf_pickup_only_send_code', '0'],
    ['transfer.dsskey_deal_type', dealTypes[device.keyDuringCall]],
    ...(dialectOf(device).oldTransferSwitch
      ? [['features.dsskey_blind_tran', flag(device.keyDuringCall !== 'hold')] satisfies Entry]
      : []),
    ['features.config_dsskey_length', '1'],
  ]
}

/**
 * Whom the device listens to: a `check-sync` restarts it only when it says so, and only the server it registers with
 * may send one, unless this server does.
 */
export function remoteControl(device: DeviceIntent): readonly Entry[] {
  return [
    ['sip.notify_reboot_enable', '0'],
    ['sip.trust_ctrl', flag(!device.toldDirectly)],
  ]
}
