import type { PortIntent } from '../../domain/device-intent.ts'

/** What is plugged into an adapter is a fax unless the fleet says it is a telephone. */
export function isFax(port: PortIntent): boolean {
  return port.use !== 'phone'
}
