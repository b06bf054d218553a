import type { Kysely } from 'kysely'
import type { DeviceImpact, Urgency } from '../domain/fleet-diff.ts'
import type {
  DeviceAccess,
  KeyDuringCall,
  LineKind,
  Locale,
  PortUse,
  Transport,
  UserSettings,
} from '../domain/intent.ts'
import type { DeliveryRow, DeviceRow, DiscoveredRow, TakenRow } from './tables-devices.ts'
import type { HookMessageRow } from './tables-hooks.ts'
import type { PeopleTables } from './tables-people.ts'
import type { RebootEventRow, RebootRow } from './tables-reboots.ts'
import type { HistoryRow, VisitsRow } from './tables-visits.ts'

/** The tables as the newest migration leaves them. `null` is what the intent leaves out; times are milliseconds. */
export interface Tables extends PeopleTables {
  meta: { name: string; value: string }
  counter: { name: string; value: number }
  company: CompanyRow
  company_deletion: CompanyDeletionRow
  site: SiteRow
  pickup_group: { id: number; site_id: number; name: string }
  pickup_member: { group_id: number; position: number; line_id: number }
  line: LineRow
  equipment: EquipmentRow
  line_key: KeyRow
  /** `keys` is JSON. */
  key_layout: { id: number; company_id: number; name: string; keys: string }
  change: { id: number; at: number; who: string; summary: string }
  change_device: ChangeDeviceRow
  audit: AuditRow
  device: DeviceRow
  device_taken: TakenRow
  import_job: ImportJobRow
  delivery: DeliveryRow
  discovered: DiscoveredRow
  replay: { scope: string; key: string; meant: string; at: number; reply: string | null }
  device_visits: VisitsRow
  device_history: HistoryRow
  reboot: RebootRow
  reboot_event: RebootEventRow
  hook_message: HookMessageRow
}

export interface CompanyRow {
  id: number
  name: string
  locale: Locale
  timezone: string
  device_access: DeviceAccess
  /** JSON, as are codes, quiet_hours and parameters. */
  open_networks: string | null
  sip_domain: string
  sip_proxy: string | null
  sip_port: number | null
  sip_transport: Transport
  key_during_call: KeyDuringCall
  user_settings: UserSettings
  codes: string
  quiet_hours: string | null
  parameters: string | null
  /** JSON. */
  number_blocks: string | null
  /** JSON without the password, which is sealed and bound to the company's name. */
  reboot: string | null
  reboot_password: string | null
}

/** A company that goes on a day unless somebody keeps it. */
export interface CompanyDeletionRow {
  company_id: number
  at: number
  planned_at: number
  planned_by: string
}

export interface SiteRow {
  id: number
  company_id: number
  name: string
  address: string | null
  timezone: string | null
}

export type PasswordOrigin = 'server' | 'operator'

export interface LineRow {
  id: number
  company_id: number
  site_id: number
  number: string
  kind: LineKind
  first_name: string | null
  last_name: string | null
  name: string | null
  email: string | null
  /** Lower case: what uniqueness goes by. */
  email_key: string | null
  short_number: string | null
  /** The operator's own SIP user; without it the line has the one made from its number. */
  sip_user: string | null
  /** The user in force, lower case: what uniqueness goes by. */
  sip_user_key: string | null
  /** Sealed, bound to the number. */
  sip_password: string | null
  password_origin: PasswordOrigin | null
  internet_access: string | null
  /** Its names as they are looked for. */
  folded_names: string
}

export interface EquipmentRow {
  line_id: number
  model: string
  mac: string | null
  port: number
  use: PortUse | null
  /** JSON, as is parameters. */
  expansion: string
  parameters: string | null
}

export type KeyKind = 'supervision' | 'shortcut' | 'interception'

export interface KeyRow {
  line_id: number
  /** From 0 through all keys of the line, supervision first. */
  position: number
  kind: KeyKind
  target_line_id: number | null
  number: string | null
  label: string | null
}

export interface ChangeDeviceRow {
  change_id: number
  mac: string
  model: string
  company: string
  urgency: Urgency
  /** JSON. */
  reasons: string
  link: DeviceImpact['link']
}

export type Subject = 'company' | 'site' | 'line' | 'key-layout' | 'device' | 'person' | 'token'
export type Action = 'added' | 'changed' | 'removed'

export type ImportState = 'reading' | 'checking' | 'done' | 'failed'

export interface ImportJobRow {
  id: number
  owner: string
  state: ImportState
  /** Unknown until they are read. */
  rows: number | null
  began_at: number
  ended_at: number | null
  /** gzip of JSON. */
  outcome: Buffer | null
}

export interface AuditRow {
  id: number
  change_id: number
  at: number
  who: string
  source: string
  what: Subject
  company: string
  subject: string
  action: Action
  /** JSON without secrets, as is after. */
  before: string | null
  after: string | null
}

/** The database, or a transaction of it. */
export type Queries = Kysely<Tables>
