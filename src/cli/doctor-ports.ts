import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, isIPv6 } from 'node:net'
import { type Address, type Settings, writtenAddress } from '../settings.ts'
import { codeOf, type Finding, good, wrong } from './doctor-finding.ts'

const streams = ['http', 'https', 'mtls', 'admin', 'registrar'] as const
const datagrams = ['tftp', 'pnp', 'sip'] as const

const patience = 2000

/**
 * Looks at every port that is set. While the server runs each has to be answered; while it does not each has to be free
 * for it. Whether it runs is asked of the admin plane, and unknown where that is off.
 */
export async function lookAtPorts(settings: Settings): Promise<readonly Finding[]> {
  const runs = await isRunning(settings.admin)
  const looks = [
    ...streams.map((name) => look(name, settings[name], runs, streamState)),
    ...datagrams.map((name) => look(name, settings[name], runs, datagramState)),
  ]
  return (await Promise.all(looks)).filter((finding) => finding !== undefined)
}

/** `free`, `taken`, or what stands against listening there. */
type PortState = 'free' | 'taken' | { readonly cannot: string }

async function look(
  name: string,
  address: Address | 'off',
  runs: boolean | undefined,
  stateOf: (address: Address) => Promise<PortState>,
): Promise<Finding | undefined> {
  if (address === 'off' || address.port === 0) return undefined
  const state = await stateOf(address)
  return judgePort(name, writtenAddress(address), state, runs)
}

export function judgePort(name: string, where: string, state: PortState, runs: boolean | undefined): Finding {
  const about = `port ${name}`
  const setting = `BOOTLINE_${name.toUpperCase()}`
  if (typeof state === 'object') return wrong(about, ...cannotListen(state.cannot, where, setting))
  if (state === 'free' && runs)
    return wrong(
      about,
      `the server runs, and nothing listens on ${where}`,
      'look into its log, and start it anew',
    )
  if (state === 'free') return good(about, `${where} is free; the server does not run`)
  if (runs === false)
    return wrong(
      about,
      `the server does not run, and something else listens on ${where}`,
      `end that (ss -lntup shows it), or set another port with ${setting}`,
    )
  return good(
    about,
    runs ? `listens on ${where}` : `something listens on ${where}, as it should when the server runs`,
  )
}

function cannotListen(code: string, where: string, setting: string): [string, string] {
  if (code === 'EACCES')
    return [
      `this user may not listen on ${where}`,
      `set a port above 1023 with ${setting}, or give the service CAP_NET_BIND_SERVICE`,
    ]
  if (code === 'EADDRNOTAVAIL')
    return [`${where} is no address of this machine`, `set one that is with ${setting}, or 0.0.0.0 for all`]
  return [`nothing can listen on ${where} (${code})`, `set another address with ${setting}`]
}

/** Unknown where somebody else listens on the port, or where it cannot be asked. */
async function isRunning(admin: Address | 'off'): Promise<boolean | undefined> {
  if (admin === 'off' || admin.port === 0) return undefined
  if (!(await answers(admin))) return false
  const url = `http://${writtenAddress({ host: reached(admin.host), port: admin.port })}/healthz`
  const alive = await fetch(url, { signal: AbortSignal.timeout(patience) }).then(
    async (answer) => (await answer.text()).includes('"alive":true'),
    () => false,
  )
  return alive ? true : undefined
}

async function streamState(address: Address): Promise<PortState> {
  if (await answers(address)) return 'taken'
  const server = createServer()
  try {
    const listening = once(server, 'listening')
    server.listen(address.port, address.host)
    await listening
    return 'free'
  } catch (error) {
    return codeOf(error) === 'EADDRINUSE' ? 'taken' : { cannot: codeOf(error) }
  } finally {
    server.close()
  }
}

async function answers({ host, port }: Address): Promise<boolean> {
  const socket = connect({ host: reached(host), port, timeout: patience })
  try {
    const connected = once(socket, 'connect').then(() => true)
    const late = once(socket, 'timeout').then(() => false)
    late.catch(() => undefined)
    return await Promise.race([connected, late])
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Nobody answers a datagram that is not meant for him: that the port is taken is all there is to see. */
async function datagramState({ host, port }: Address): Promise<PortState> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  try {
    const listening = once(socket, 'listening')
    socket.bind(port, host)
    await listening
    return 'free'
  } catch (error) {
    return codeOf(error) === 'EADDRINUSE' ? 'taken' : { cannot: codeOf(error) }
  } finally {
    socket.close()
  }
}

/** Where one comes to a listener that is on all addresses. */
function reached(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}
