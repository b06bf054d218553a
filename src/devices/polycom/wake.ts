import type { WakeEvents } from '../driver.ts'

/** The phone's own setting decides what it does, and in our files that is to restart (`alwaysReboot`). */
export function wake(): WakeEvents {
  return { resync: 'check-sync', reboot: 'check-sync' }
}
