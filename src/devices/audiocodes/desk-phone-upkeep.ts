import type { ServerFacts } from '../driver.ts'
import { type Setting, set } from './settings.ts'

/** The CA certificate of this server as a file of the phone's own: it takes one only by address. */
export function caName(mac: string): string {
  return `${mac}-ca.pem`
}

/**
 * How the phone comes back: straight to this server, every night at a moment of its own. It has no parameter for the
 * user and password of a provisioning server, so they stand in the address, which only this phone's file holds.
 */
export function provisioning(mac: string, server: ServerFacts): readonly Setting[] {
  return [
    set('provisioning/method', 'STATIC'),
    set('provisioning/configuration/url', withAccount(server, `${mac}.cfg`)),
    set('provisioning/firmware/url', server.firmware ? server.url + encodeURIComponent(server.firmware) : ''),
    set('provisioning/period/type', 'DAILY'),
    set('provisioning/period/daily/time', '03:00'),
    set('provisioning/random_provisioning_time', 120),
  ]
}

/** Shipped phones check no server: once they hold our CA they must. */
export function trust(mac: string, server: ServerFacts): readonly Setting[] {
  const known = server.caPem !== undefined
  return [
    set('security/ca_certificate/0/uri', known ? withAccount(server, caName(mac)) : ''),
    set('security/provisioning/verify_server_certificate', known),
  ]
}

function withAccount(server: ServerFacts, name: string): string {
  const address = new URL(name, server.url)
  address.username = server.account?.user ?? ''
  address.password = server.account?.password ?? ''
  return address.href
}
