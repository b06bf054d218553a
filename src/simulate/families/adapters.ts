import type { Transport } from '../../domain/intent.ts'
import type { Family, Files, Hardware, Visit } from '../family.ts'
import { portOr, type Understood, type UnderstoodLine, type Values } from '../understood.ts'
import { pathLines, readPathValues } from './path-values.ts'

async function oneFile(visit: Visit, name: string): Promise<Files> {
  const { status, text } = await visit.get(name)
  return new Map(status === 200 || status === 304 ? [[name, text]] : [])
}

/** Small adapters: what they say over HTTP, and what they ask by themselves, nobody has seen. */
export const adapter: Family = {
  userAgent: () => undefined,
  conditional: true,
  start: (visit) => oneFile(visit, `${visit.hardware.mac}.conf`),
  read(files, { model }) {
    const [body = ''] = files.values()
    return { lines: pathLines(readPathValues(body), model.ports), keys: [], codes: {}, faults: [] }
  },
  loses: /[()"`\\;]/g,
}

/** Gateways with a file of tables, which they take again only when it is newer. */
export const gateway: Family = {
  userAgent: ({ mac, model }) =>
    `Mozilla/4.0 (compatible; AudioCodes; ${model.userAgent};6.60A.228.003;${mac.toUpperCase()};)`,
  conditional: true,
  async start(visit) {
    const files = await oneFile(visit, `${visit.hardware.mac.toUpperCase()}.ini`)
    const { account } = readGateway(files, visit.hardware)
    if (account) visit.signIn(account)
    return files
  },
  read: (files, hardware) => readGateway(files, hardware),
  loses: /[;,'"]/g,
}

interface Ini {
  /** By name in lower case. */
  readonly values: Values
  /** Rows by their number, each by its columns in lower case. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<number, Values>>
}

export function readIni(body: string): Ini {
  const values = new Map<string, string>()
  const tables = new Map<string, Map<number, Values>>()
  let columns: readonly string[] = []
  for (const raw of body.split(/\r?\n/)) {
    const [, table = '', named] = /^FORMAT (\w+)_Index = (.*?);/i.exec(raw) ?? []
    const [, into = '', index, cells = ''] = /^(\w+) (\d+) = (.*?);/.exec(raw) ?? []
    if (named !== undefined) {
      const prefix = `${table.toLowerCase()}_`
      columns = named.split(',').map((name) => name.trim().toLowerCase().replace(prefix, ''))
      tables.set(table.toLowerCase(), new Map())
    } else if (index !== undefined) {
      const row = cells.split(',').map((cell, i) => [columns[i] ?? '', cell.trim()] as const)
      tables.get(into.toLowerCase())?.set(Number(index), new Map(row))
    } else {
      const [, name, value = ''] = /^(\w+)\s*=\s*([^;]*)/.exec(raw) ?? []
      if (name !== undefined) values.set(name.toLowerCase(), value.trim().replace(/^'(.*)'$/, '$1'))
    }
  }
  return { values, tables }
}

const transports: Readonly<Record<string, Transport>> = { '0': 'udp', '1': 'tcp', '2': 'tls' }

/** A socket without a row among the trunks neither registers nor rings; its account is in the row before its number. */
function readGateway(files: Files, { model }: Hardware): Understood {
  const [body = ''] = files.values()
  const { values, tables } = readIni(body)
  const is = (name: string): string => values.get(name.toLowerCase()) ?? ''
  const [host = '', port] = (tables.get('proxyip')?.get(0)?.get('ipaddress') ?? '').split(':')
  const transport = transports[is('SIPTransportType')] ?? 'unknown'
  const registers = is('IsProxyUsed') === '1' && is('IsRegisterNeeded') === '1'
  const cell = (table: string, row: number, column: string): string | undefined =>
    tables.get(table)?.get(row)?.get(column)
  const lines = [...(tables.get('trunkgroup')?.values() ?? [])].map((row): UnderstoodLine => {
    const socket = Number(row.get('firstbchannel'))
    const i = socket - 1
    const user = cell('authentication', i, 'userid') ?? ''
    return {
      port: socket,
      name: cell('callerdisplayinfo', i, 'displaystring') ?? '',
      user: row.get('firstphonenumber') ?? '',
      authUser: user,
      password: cell('authentication', i, 'userpassword') ?? '',
      domain: registers ? is('RegistrarName') : 'no registrar',
      via: host,
      viaPort: portOr(port, transport),
      transport,
      use: cell('callwaitingperport', i, 'isenabled') === '0' ? 'fax' : 'phone',
    }
  })
  const [name, password] = [is('AUPDDigestUsername'), is('AUPDDigestPassword')]
  const offset = is('NTPServerUTCOffset')
  return {
    lines: lines.filter(({ port }) => port >= 1 && port <= model.ports).sort((a, b) => a.port - b.port),
    keys: [],
    codes: {},
    ...(offset === '' ? {} : { clock: { offsetMinutes: Number(offset) / 60 } }),
    ...(name && password ? { account: { user: name, password } } : {}),
    faults: body !== '' && !body.endsWith('\n') ? ['the last line of the file has no end'] : [],
  }
}
