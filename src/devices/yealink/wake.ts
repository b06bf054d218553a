import type { WakeEvents } from '../driver.ts'

/** Our files let the event decide, and not the device (`sip.notify_reboot_enable`). */
export function wake(): WakeEvents {
  return { resync: 'check-sync;reboot=false', reboot: 'check-sync;reboot=true' }
}
