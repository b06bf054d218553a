import type { DeviceIntent, PortIntent } from '../../domain/device-intent.ts'
import { type Dialect, dialectOf } from './dialect.ts'
import { type Entry, nothing, numbers, orNothing, prefixed, unused } from './entry.ts'
import { expires, outboundProxy, portOf, registrar, transportCodes } from './sip.ts'

/** Show who calls as the network asserts it, and as the caller says where the network asserts nothing. */
const assertedThenFrom = '2'

/**
 * Every account of the device, in use or emptied: account n for port n. A gap would shift the lines of a DECT base,
 * and an account that is left out would stay registered.
 */
export function accounts(device: DeviceIntent): readonly Entry[] {
  const lines = new Map(device.ports.map((port) => [port.port, port]))
  return numbers(device.model.lines).flatMap((n) => {
    const line = lines.get(n)
    return line ? account(n, line, device) : unusedAccount(n, device)
  })
}

const nobody: PortIntent = { port: 0, number: '', displayName: '', sipUser: '', sipPassword: '' }

function unusedAccount(n: number, device: DeviceIntent): readonly Entry[] {
  return account(n, nobody, device).map(unused)
}

function account(n: number, line: PortIntent, device: DeviceIntent): readonly Entry[] {
  return [
    ...prefixed(`account.${n}.`, [...identity(line), ...connection(device, dialectOf(device))]),
    [`voice_mail.number.${n}`, orNothing(device.codes.voicemail)],
  ]
}

function identity(line: PortIntent): readonly Entry[] {
  return [
    ['enable', '1'],
    ['label', line.displayName],
    ['display_name', line.displayName],
    ['auth_name', line.sipUser],
    ['user_name', line.sipUser],
    ['password', line.sipPassword],
    ['subscribe_mwi', '1'],
    ['cid_source', assertedThenFrom],
  ]
}

/** Where the account registers: said in itself, or by the number of a server template on the large DECT systems. */
function connection(device: DeviceIntent, dialect: Dialect): readonly Entry[] {
  if (dialect.layout === 'multi-cell') return [['sip_server.template', '1']]
  return [
    ...registrar(device.sip),
    ...outboundProxy(device.sip, 'outbound_proxy_enable'),
    ...(dialect.oldAccountNames ? oldConnection(device) : []),
    ...(dialect.layout === 'phone' ? pickup(device) : []),
  ]
}

/** The same under the names of V70 to V72. */
function oldConnection({ sip }: DeviceIntent): readonly Entry[] {
  return [
    ['sip_server_host', sip.domain],
    ['sip_server_port', portOf(sip)],
    ['transport', transportCodes[sip.transport]],
    ['expires', expires],
    ['outbound_host', orNothing(sip.proxy)],
    ['outbound_port', sip.proxy === undefined ? nothing : portOf(sip)],
  ]
}

function pickup({ codes }: DeviceIntent): readonly Entry[] {
  return [
    ['direct_pickup_code', orNothing(codes.directedPickup)],
    ['group_pickup_code', orNothing(codes.groupPickup)],
  ]
}
