import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { ServerFacts } from '../driver.ts'

/** Overwrites a credential that is withdrawn: one that is only emptied might keep its former value. */
export const wiped = '0'

/**
 * Passwords come with lines and with the device's account, and an operator's parameter may be one. A neutral file holds
 * none of them: a device that was unlinked must be able to fetch it, having lost its account.
 */
export function holdsSecrets(device: DeviceIntent, server: ServerFacts): boolean {
  return device.ports.length > 0 || device.parameters.length > 0 || server.account !== undefined
}
