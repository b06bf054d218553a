import type { DeviceIntent, PortIntent } from '../../domain/device-intent.ts'
import type { SipSettings, Transport } from '../../domain/intent.ts'
import { type Attribute, type Attributes, joined, numbered, numbers, run } from './attributes.ts'
import { oneLine } from './text.ts'

const transports: Readonly<Record<Transport, string>> = { udp: 'UDPOnly', tcp: 'TCPOnly', tls: 'TLS' }

/** Seconds between two packets that keep the way through a router open, so that a notice finds the phone. */
const keepAlive = '30'

/** The line, and every other registration of the model emptied: one that is left out might stay. */
export function registration(device: DeviceIntent): Attributes {
  const line = device.ports[0]
  return [
    ...(line ? ownLine(line, device) : noLine(1)),
    otherLines(device.model.lines),
    ['nat.keepalive.interval', keepAlive],
  ]
}

function ownLine(line: PortIntent, device: DeviceIntent): readonly Attribute[] {
  const ownKey = device.keys.find(({ role }) => role === 'line')
  return [
    ['reg.1.address', line.sipUser],
    ['reg.1.auth.userId', line.sipUser],
    ['reg.1.auth.password', line.sipPassword],
    ['reg.1.displayName', oneLine(line.displayName)],
    ['reg.1.label', oneLine(ownKey?.label ?? line.displayName)],
    ['reg.1.type', 'private'],
    ['reg.1.lineKeys', '1'],
    ...servers(device.sip),
  ]
}

/** Where to register, and the way there. */
function servers(sip: SipSettings): readonly Attribute[] {
  const transport = transports[sip.transport]
  return [
    ['reg.1.server.1.address', sip.domain],
    ['reg.1.server.1.port', portOf(sip)],
    ['reg.1.server.1.transport', transport],
    ['reg.1.server.1.expires', '3600'],
    ['reg.1.server.1.register', '1'],
    ['reg.1.server.2.address', ''],
    ['reg.1.outboundProxy.address', sip.proxy ?? ''],
    ['reg.1.outboundProxy.port', sip.proxy === undefined ? '0' : portOf(sip)],
    ['reg.1.outboundProxy.transport', transport],
  ]
}

/** 0 leaves the port to DNS, which phones fill with the port of plain SIP where DNS says nothing. */
function portOf({ port, transport }: SipSettings): string {
  return `${port ?? (transport === 'tls' ? 5061 : 0)}`
}

/** An empty address turns a registration off; an account that was there must not remain in it. */
const noLine = (n: number): readonly Attribute[] => [
  [`reg.${n}.address`, ''],
  [`reg.${n}.auth.userId`, ''],
  [`reg.${n}.auth.password`, ''],
]

/** All but the first, up to that one. */
const otherLines = numbered((last) => run(joined(numbers(2, last).map(noLine))))
