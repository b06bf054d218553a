import type { DeviceIntent, PortIntent } from '../../domain/device-intent.ts'
import type { Parts } from '../parts.ts'
import { dialectOf } from './dialect.ts'
import { type Entry, nothing, numbers, orNothing, prefixed, unused } from './entry.ts'
import { emptiedFrom, lines, perModel } from './lines.ts'
import { expires, outboundProxy, portOf, registrar, transportCodes } from './sip.ts'

/** Show who calls as the network asserts it, and as the caller says where the network asserts nothing. */
const assertedThenFrom = '2'

/** What an account is made of. */
type Basis = Pick<DeviceIntent, 'model' | 'sip' | 'codes'>

/**
 * Every account of the device, in use or emptied: account n for port n. A gap would shift the lines of a DECT base,
 * and an account that is left out would stay registered.
 */
export function accounts(device: DeviceIntent): Parts {
  const { each, from } = unusedAccounts(device.model)
  let text = ''
  let next = 1
  for (const port of device.ports) {
    for (; next < port.port; next++) text += each[next - 1] ?? ''
    text += lines(account(port.port, port, device))
    next = port.port + 1
  }
  return [text, ...from(next - 1)]
}

const nobody: PortIntent = { port: 0, number: '', displayName: '', sipUser: '', sipPassword: '' }
const nowhere: Omit<Basis, 'model'> = {
  sip: { domain: '', transport: 'udp' },
  codes: { groupPickup: '', directedPickup: '', voicemail: '' },
}

/** Each account of the model as it is emptied: the same names as in use. */
const unusedAccounts = perModel((model) => {
  const each = numbers(model.lines).map((n) => lines(account(n, nobody, { model, ...nowhere }).map(unused)))
  return { each, from: emptiedFrom(each) }
})

function account(n: number, port: PortIntent, basis: Basis): readonly Entry[] {
  return [
    ...prefixed(`account.${n}.`, [...identity(port), ...connection(basis)]),
    [`voice_mail.number.${n}`, orNothing(basis.codes.voicemail)],
  ]
}

function identity(port: PortIntent): readonly Entry[] {
  return [
    ['enable', '1'],
    ['label', port.displayName],
    ['display_name', port.displayName],
    ['auth_name', port.sipUser],
    ['user_name', port.sipUser],
    ['password', port.sipPassword],
    ['subscribe_mwi', '1'],
    ['cid_source', assertedThenFrom],
  ]
}

/** Where the account registers: said in itself, or by the number of a server template on the large DECT systems. */
function connection(basis: Basis): readonly Entry[] {
  const { layout, oldAccountNames } = dialectOf(basis)
  if (layout === 'multi-cell') return [['sip_server.template', '1']]
  return [
    ...registrar(basis.sip),
    ...outboundProxy(basis.sip, 'outbound_proxy_enable'),
    ...(oldAccountNames ? oldConnection(basis) : []),
    ...(layout === 'phone' ? pickup(basis) : []),
  ]
}

/** The same under the names of V70 to V72. */
function oldConnection({ sip }: Basis): readonly Entry[] {
  return [
    ['sip_server_host', sip.domain],
    ['sip_server_port', portOf(sip)],
    ['transport', transportCodes[sip.transport]],
    ['expires', expires],
    ['outbound_host', orNothing(sip.proxy)],
    ['outbound_port', sip.proxy === undefined ? nothing : portOf(sip)],
  ]
}

function pickup({ codes }: Basis): readonly Entry[] {
  return [
    ['direct_pickup_code', orNothing(codes.directedPickup)],
    ['group_pickup_code', orNothing(codes.groupPickup)],
  ]
}
