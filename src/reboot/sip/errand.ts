import { isIP } from 'node:net'
import type { Transport } from '../../domain/intent.ts'
import type { Wake, WakeAnswer } from '../wake.ts'
import { isEvent, isSignInName, writeHost, writeUser } from './uri.ts'

export interface Credentials {
  readonly user: string
  readonly password: string
}

/** Whom a request is handed to. Without a port, the name's service records are asked first. */
export interface Hop {
  readonly host: string
  readonly port?: number
  readonly transport: Transport
}

/** A wake as SIP sees it, with every value fit to be written. */
export interface Errand {
  readonly hop: Hop
  readonly requestUri: string
  readonly from: string
  readonly to: string
  readonly event: string
  /** The server may be shared by many devices, a device's own address is not: what is learned of it is not kept. */
  readonly isDirect: boolean
  readonly account?: Credentials
  readonly line?: Credentials
}

/** What a wake comes to, or why it cannot be sent. */
export function readErrand(wake: Wake): Errand | WakeAnswer {
  const { sip, reboot } = wake
  const first = wake.users[0]
  if (first === undefined) return misconfigured('no line of the device has a SIP user')
  const user = writeUser(first)
  if (user === undefined)
    return misconfigured('the SIP user has characters that cannot stand in a SIP address')
  const domain = writeHost(sip.domain)
  if (domain === undefined) return misconfigured('the SIP domain is no host name')
  if (!isEvent(wake.event)) return misconfigured('the event is not written as SIP wants it')
  const account = accountOf(reboot)
  if ([account, wake.credentials].some((who) => who && !isSignInName(who.user))) {
    return misconfigured('the user to sign in as has characters that cannot stand in a SIP message')
  }
  // Servers check that whoever signs in is whom the request comes from.
  const sender = account ? writeUser(account.user) : user
  if (sender === undefined)
    return misconfigured('the account has characters that cannot stand in a SIP address')
  const signIns = { ...(account && { account }), ...(wake.credentials && { line: wake.credentials }) }
  const common = {
    from: `sip:${sender}@${domain}`,
    to: `sip:${user}@${domain}`,
    event: wake.event,
    ...signIns,
  }
  if (reboot.by === 'direct') return directly(wake, user, common)
  const host = sip.proxy ?? sip.domain
  if (writeHost(host) === undefined) return misconfigured('the SIP proxy is no host name')
  const hop = { host, ...(sip.port !== undefined && { port: sip.port }), transport: sip.transport }
  return { ...common, hop, requestUri: common.to, isDirect: false }
}

/**
 * To the device's own port. A device has no certificate that a name could be checked against, so the devices of a
 * company that uses TLS are told over UDP, which they listen on besides.
 */
function directly(
  { address, sip }: Wake,
  user: string,
  common: Omit<Errand, 'hop' | 'requestUri' | 'isDirect'>,
): Errand | WakeAnswer {
  if (address === undefined) {
    return { result: 'absent', detail: 'the device was never seen: its address is not known' }
  }
  const host = isIP(address) === 0 ? undefined : writeHost(address)
  if (host === undefined)
    return misconfigured('the address the device was seen from is none that can be called')
  const transport = sip.transport === 'tcp' ? 'tcp' : 'udp'
  const requestUri = `sip:${user}@${host}:${usualPort('udp')}${transport === 'tcp' ? ';transport=tcp' : ''}`
  return { ...common, hop: { host: address, port: usualPort('udp'), transport }, requestUri, isDirect: true }
}

export function usualPort(transport: Transport): number {
  return transport === 'tls' ? 5061 : 5060
}

function accountOf({ user, password }: Wake['reboot']): Credentials | undefined {
  return user === undefined || password === undefined ? undefined : { user, password }
}

function misconfigured(detail: string): WakeAnswer {
  return { result: 'misconfigured', detail }
}
