import type { Model } from '../../domain/model.ts'
import type { WakeEvents } from '../driver.ts'

/** The phones restart either way, because our files say so (`force_reboot_enabled`). */
const phones: WakeEvents = { resync: 'check-sync', reboot: 'check-sync' }

/** By generation. What the small adapters listen to, if to anything, is not established. */
const events: Readonly<Record<string, WakeEvents>> = {
  hd2: phones,
  hd3: phones,
  'mp-1xx': { resync: 'check-sync;reboot=false', reboot: 'check-sync;reboot=true' },
}

export function wake({ generation }: Model): WakeEvents | undefined {
  return events[generation]
}
