import type { DeviceIntent, PortIntent } from '../../domain/device-intent.ts'
import { cell } from './escapes.ts'
import { countryOf } from './place.ts'
import { isFax } from './port-use.ts'
import { transportTypes } from './transports.ts'

/** A table of an ini file. One that is present replaces the device's whole table, so an empty one clears it. */
export interface Table {
  readonly name: string
  readonly columns: string
  readonly rows: readonly { readonly index: number; readonly cells: string }[]
}

/** Every table Bootline keeps, each with only the columns it needs: older software knows fewer. */
export function tables(device: DeviceIntent): readonly Table[] {
  return [
    proxies(device),
    table('TxDtmfOption', ['Type'], [[0, [4]]]),
    coders(device),
    table('TrunkGroup', trunkGroupColumns, device.ports.map(trunkGroup)),
    perPort('Authentication', ['UserId', 'UserPassword'], device, (port) => [port.sipUser, port.sipPassword]),
    perPort('CallerDisplayInfo', ['DisplayString', 'IsCidRestricted'], device, (port) => [
      port.displayName,
      0,
    ]),
    perPort('EnableCallerId', ['IsEnabled'], device, () => [1]),
    // The tone of a waiting call would break a fax.
    perPort('CallWaitingPerPort', ['IsEnabled'], device, (port) => [isFax(port) ? 0 : 1]),
  ]
}

function proxies({ sip, ports }: DeviceIntent): Table {
  const host = sip.proxy ?? sip.domain
  const address = sip.port === undefined ? host : `${host}:${sip.port}`
  const row: Row = [0, [address, transportTypes[sip.transport], 0]]
  return table('ProxyIp', ['IpAddress', 'TransportType', 'ProxySetId'], ports.length > 0 ? [row] : [])
}

/** Only the country's own law beside a fax, which no other survives; both for telephones alone. */
function coders({ ports, timezone, locale }: DeviceIntent): Table {
  const laws = ['g711Alaw64k', 'g711Ulaw64k']
  if (countryOf(timezone, locale).law === 'mu-law') laws.reverse()
  const offered = ports.some(isFax) ? laws.slice(0, 1) : laws
  const rows = offered.map((coder, i): Row => [i, [coder, 20, 255, -1, 0]])
  return table('CodersGroup0', ['Name', 'pTime', 'rate', 'PayloadType', 'Sce'], rows)
}

const trunkGroupColumns = [
  'TrunkGroupNum',
  'FirstTrunkId',
  'FirstBChannel',
  'LastBChannel',
  'FirstPhoneNumber',
  'ProfileId',
  'LastTrunkId',
  'Module',
]

/** Channels count from 1, as the sockets do; rows from 0. A socket without a row neither registers nor rings. */
function trunkGroup({ port, sipUser }: PortIntent, row: number): Row {
  return [row, [0, 255, port, port, sipUser, 0, 255, 255]]
}

/** A table whose row number is the socket's, from 0. */
function perPort(
  name: string,
  columns: readonly string[],
  device: DeviceIntent,
  cells: (port: PortIntent) => Row[1],
): Table {
  const rows = device.ports.map((port): Row => [port.port - 1, cells(port)])
  return table(name, columns, rows)
}

type Row = readonly [index: number, cells: readonly (string | number)[]]

function table(name: string, columns: readonly string[], rows: readonly Row[]): Table {
  return {
    name,
    columns: columns.map((column) => `${name}_${column}`).join(', '),
    rows: rows.map(([index, cells]) => ({
      index,
      cells: cells.map((each) => cell(String(each))).join(', '),
    })),
  }
}
