import type { WebWake } from '../web-wake.ts'

/** The action URI, where it is turned on and this server's address is among those that the phone admits. */
export const yealinkWebWake: WebWake = {
  port: 443,
  resync: { method: 'GET', path: '/servlet?key=AutoP' },
  reboot: { method: 'GET', path: '/servlet?key=Reboot' },
}
