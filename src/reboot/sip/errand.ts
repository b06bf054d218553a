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
  readonly port: number | undefined
  readonly transport: Transport
}

/** A wake as SIP sees it, with every value fit to be written. */
export interface Errand {
  readonly hop: Hop
  readonly requestUri: string
  readonly from: string
  readonly to: string
  readonly event: string
  /** A server is shared by many devices, a device's own address is not: what is learned of it is not kept. */
  readonly isDirect: boolean
  readonly account: Credentials | undefined
  readonly line: Credentials | undefined
}

/** What a wake comes to, or why it cannot be sent. */
export function readErrand(wake: Wake): Errand | WakeAnswer {
  const { sip, event, credentials: line } = wake
  const first = wake.users[0]
  if (first === undefined) return misconfigured('no line of the device has a SIP user')
  const user = writeUser(first)
  if (user === undefined) return misconfigured('the SIP user has characters that no SIP address can have')
  const domain = writeHost(sip.domain)
  if (domain === undefined) return misconfigured('the SIP domain is no host name')
  if (!isEvent(event)) return misconfigured('the event is not written as SIP wants it')
  const account = accountOf(wake.reboot)
  if ((account && !isSignInName(account.user)) || (line && !isSignInName(line.user))) {
    return misconfigured('the user to sign in as has characters that no proof can have')
  }
  // Servers check that whoever signs in is whom the request comes from.
  const sender = account ? writeUser(account.user) : user
  if (sender === undefined) return misconfigured('the account has characters that no SIP address can have')
  const isDirect = wake.reboot.by === 'direct'
  const hop = isDirect ? deviceOf(wake) : serverOf(wake)
  if ('result' in hop) return hop
  const to = `sip:${user}@${domain}`
  const requestUri = isDirect ? deviceUri(user, hop) : to
  // One literal: put together from parts, it would cost as much as all the rest of a request.
  return { hop, requestUri, from: `sip:${sender}@${domain}`, to, event, isDirect, account, line }
}

export function usualPort(transport: Transport): number {
  return transport === 'tls' ? 5061 : 5060
}

function serverOf({ sip }: Wake): Hop | WakeAnswer {
  const host = sip.proxy ?? sip.domain
  if (writeHost(host) === undefined) return misconfigured('the SIP proxy is no host name')
  return { host, port: sip.port, transport: sip.transport }
}

/**
 * The device's own port. It has no certificate that a name could be checked against, so the devices of a company that
 * uses TLS are told over UDP, which they listen on besides.
 */
function deviceOf({ address, sip }: Wake): Hop | WakeAnswer {
  if (address === undefined) {
    return { result: 'absent', detail: 'the device was never seen: its address is not known' }
  }
  if (isIP(address) === 0 || writeHost(address) === undefined) {
    return misconfigured('where the device was seen from is no address that can be called')
  }
  const transport = sip.transport === 'tcp' ? 'tcp' : 'udp'
  return { host: address, port: usualPort(transport), transport }
}

function deviceUri(user: string, { host, port, transport }: Hop): string {
  return `sip:${user}@${writeHost(host)}:${port}${transport === 'tcp' ? ';transport=tcp' : ''}`
}

function accountOf({ user, password }: Wake['reboot']): Credentials | undefined {
  return user === undefined || password === undefined ? undefined : { user, password }
}

function misconfigured(detail: string): WakeAnswer {
  return { result: 'misconfigured', detail }
}
