import {
  type CompanySettings,
  type Equipment,
  type Keys,
  type Line,
  type RebootSettings,
  type Shortcut,
  type SipAccount,
  type Site,
  sipUser,
} from '../domain/intent.ts'
import { fold } from './fold.ts'
import { rebootPassword, type Sealer } from './seal.ts'
import type { CompanyRow, EquipmentRow, KeyRow, LineRow, SiteRow } from './tables.ts'

/** The password that the company is told by comes sealed, or not at all. */
export function companyRow(id: number, company: CompanySettings, sealedPassword: string | null): CompanyRow {
  return {
    id,
    name: company.name,
    locale: company.locale,
    timezone: company.timezone,
    device_access: company.deviceAccess,
    open_networks: json(company.openNetworks),
    sip_domain: company.sip.domain,
    sip_proxy: company.sip.proxy ?? null,
    sip_port: company.sip.port ?? null,
    sip_transport: company.sip.transport,
    key_during_call: company.keyDuringCall,
    user_settings: company.userSettings,
    codes: JSON.stringify(company.codes),
    quiet_hours: json(company.quietHours),
    parameters: json(company.parameters),
    number_blocks: json(company.numberBlocks),
    reboot: json(company.reboot && withoutSecret(company.reboot)),
    reboot_password: sealedPassword,
  }
}

function withoutSecret({ password, ...settings }: RebootSettings): RebootSettings {
  return settings
}

/** A company; without a sealer it comes without its password. */
export function settingsOfRow(row: CompanyRow, sealer?: Sealer): CompanySettings {
  const reboot = parsed<RebootSettings>(row.reboot)
  const password =
    sealer && row.reboot_password !== null
      ? sealer.open(row.reboot_password, rebootPassword(row.name))
      : undefined
  return {
    name: row.name,
    locale: row.locale,
    timezone: row.timezone,
    deviceAccess: row.device_access,
    ...given('openNetworks', parsed<readonly string[]>(row.open_networks)),
    sip: {
      domain: row.sip_domain,
      ...given('proxy', row.sip_proxy),
      ...given('port', row.sip_port),
      transport: row.sip_transport,
    },
    keyDuringCall: row.key_during_call,
    userSettings: row.user_settings,
    codes: JSON.parse(row.codes),
    ...given('quietHours', parsed<CompanySettings['quietHours']>(row.quiet_hours)),
    ...given('reboot', reboot && { ...reboot, ...given('password', password) }),
    ...given('parameters', parsed<CompanySettings['parameters']>(row.parameters)),
    ...given('numberBlocks', parsed<CompanySettings['numberBlocks']>(row.number_blocks)),
  }
}

export function siteRow(id: number, companyId: number, site: Site): SiteRow {
  return {
    id,
    company_id: companyId,
    name: site.name,
    address: site.address ?? null,
    timezone: site.timezone ?? null,
  }
}

export function siteOfRow(row: SiteRow, pickupGroups: Site['pickupGroups']): Site {
  return {
    name: row.name,
    ...given('address', row.address),
    ...given('timezone', row.timezone),
    pickupGroups,
  }
}

/** Where a line stands, and its password as it is kept: what the line itself does not say. */
export type LinePlace = Pick<LineRow, 'id' | 'company_id' | 'site_id' | 'sip_password' | 'password_origin'>

export function lineRow(place: LinePlace, line: Line): LineRow {
  return {
    ...place,
    number: line.number,
    kind: line.kind,
    first_name: line.firstName ?? null,
    last_name: line.lastName ?? null,
    name: line.name ?? null,
    email: line.email ?? null,
    email_key: line.email?.toLowerCase() ?? null,
    short_number: line.shortNumber ?? null,
    sip_user: line.sip?.user ?? null,
    sip_user_key: sipUser(line).toLowerCase(),
    internet_access: line.internetAccess ?? null,
    folded_names: foldedNames(line),
  }
}

function foldedNames({ firstName, lastName, name }: Line): string {
  const names = [firstName, lastName, name].filter((each) => each !== undefined)
  return fold(names.join(' ')).trim().replace(/\s+/g, ' ')
}

export interface LineParts {
  readonly site: string
  readonly password: string | undefined
  readonly equipment: EquipmentRow | undefined
  readonly keys: Keys
}

/** The columns that a line is made of. */
type Said = Pick<
  LineRow,
  | 'number'
  | 'kind'
  | 'first_name'
  | 'last_name'
  | 'name'
  | 'email'
  | 'short_number'
  | 'internet_access'
  | 'sip_user'
>

export function lineOfRow(row: Said, { site, password, equipment, keys }: LineParts): Line {
  const sip: SipAccount = { ...given('user', row.sip_user), ...given('password', password) }
  return {
    number: row.number,
    kind: row.kind,
    site,
    ...given('firstName', row.first_name),
    ...given('lastName', row.last_name),
    ...given('name', row.name),
    ...given('email', row.email),
    ...given('shortNumber', row.short_number),
    ...given('internetAccess', row.internet_access),
    ...(sip.user === undefined && sip.password === undefined ? {} : { sip }),
    ...(equipment ? { equipment: equipmentOfRow(equipment) } : {}),
    keys,
  }
}

export function equipmentRow(lineId: number, equipment: Equipment): EquipmentRow {
  return {
    line_id: lineId,
    model: equipment.model,
    mac: equipment.mac ?? null,
    port: equipment.port,
    use: equipment.use ?? null,
    expansion: JSON.stringify(equipment.expansion),
    parameters: json(equipment.parameters),
  }
}

function equipmentOfRow(row: EquipmentRow): Equipment {
  return {
    model: row.model,
    ...given('mac', row.mac),
    port: row.port,
    ...given('use', row.use),
    expansion: JSON.parse(row.expansion),
    ...given('parameters', parsed<Equipment['parameters']>(row.parameters)),
  }
}

export function keyRows(lineId: number, keys: Keys, lineIdOf: (number: string) => number): readonly KeyRow[] {
  const own = { line_id: lineId, target_line_id: null, number: null, label: null }
  const rows: Omit<KeyRow, 'position'>[] = [
    ...keys.supervision.map((n) => ({ ...own, kind: 'supervision' as const, target_line_id: lineIdOf(n) })),
    ...keys.shortcuts.map((shortcut) =>
      shortcut === 'interception'
        ? { ...own, kind: shortcut }
        : { ...own, kind: 'shortcut' as const, number: shortcut.number, label: shortcut.label },
    ),
  ]
  return rows.map((row, position) => ({ ...row, position }))
}

export function keysOfRows(rows: readonly KeyRow[], numberOf: (lineId: number) => string): Keys {
  const supervision: string[] = []
  const shortcuts: Shortcut[] = []
  for (const row of rows) {
    if (row.kind === 'interception') shortcuts.push('interception')
    else if (row.target_line_id !== null) supervision.push(numberOf(row.target_line_id))
    else shortcuts.push({ number: row.number ?? '', label: row.label ?? '' })
  }
  return { supervision, shortcuts }
}

/** An absent field stays absent: `undefined` would be another value to whoever compares. */
export function given<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  return (value === null || value === undefined ? {} : { [key]: value }) as { [P in K]?: V }
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function parsed<T>(text: string | null): T | null {
  return text === null ? null : JSON.parse(text)
}
