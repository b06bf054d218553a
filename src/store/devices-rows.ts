import type { Window } from '../domain/window.ts'
import { given } from './rows.ts'
import { deviceAccount, type Sealer } from './seal.ts'
import type { DeviceLink, DeviceRow } from './tables-devices.ts'

/** What a device shows this server of itself. */
export interface DeviceAccount {
  readonly user: string
  readonly password: string
}

export type MakeAccount = () => DeviceAccount

/** What is known of a device besides the intent, without its secrets. */
export interface DeviceStatus {
  readonly mac: string
  readonly model: string
  readonly company: string
  /** That of its first line. */
  readonly site?: string
  readonly state: DeviceLink
  readonly window?: Window
  /** Grows with every change that concerns the device, forgotten in between or not. */
  readonly generation: number
  /** Of the files it should have; absent between a change and the rendering of its files. */
  readonly revision?: string
  readonly revisionAt?: number
  readonly deliveredRevision?: string
  readonly deliveredAt?: number
  readonly firstSeenAt?: number
  readonly lastSeenAt?: number
  readonly lastSource?: string
  readonly lastUserAgent?: string
  readonly lastVersion?: string
}

export interface DeviceState extends DeviceStatus {
  readonly account?: DeviceAccount
  /** Of a linked device: what it sent before belongs to whoever had it then. */
  readonly linkedAt?: number
}

export function statusOfRow(row: DeviceRow): DeviceStatus {
  return {
    mac: row.mac,
    model: row.model,
    company: row.company,
    ...given('site', row.site),
    state: row.state,
    ...given('window', windowOfRow(row)),
    generation: row.generation,
    ...given('revision', row.revision),
    ...given('revisionAt', row.revision_at),
    ...given('deliveredRevision', row.delivered_revision),
    ...given('deliveredAt', row.delivered_at),
    ...given('firstSeenAt', row.first_seen_at),
    ...given('lastSeenAt', row.last_seen_at),
    ...given('lastSource', row.last_source),
    ...given('lastUserAgent', row.last_user_agent),
    ...given('lastVersion', row.last_version),
  }
}

export function stateOfRow(row: DeviceRow, sealer: Sealer): DeviceState {
  const { mac, account_user: user, account_password: sealed } = row
  const account =
    user === null || sealed === null ? undefined : { user, password: sealer.open(sealed, deviceAccount(mac)) }
  return { ...statusOfRow(row), ...given('account', account), ...given('linkedAt', row.linked_at) }
}

type AccountColumns = Pick<DeviceRow, 'account_user' | 'account_password'>

export const noAccount: AccountColumns = { account_user: null, account_password: null }

export function accountColumns(mac: string, account: DeviceAccount, sealer: Sealer): AccountColumns {
  return {
    account_user: account.user,
    account_password: sealer.seal(account.password, deviceAccount(mac)),
  }
}

type WindowColumns = Pick<
  DeviceRow,
  'window_opened_at' | 'window_expires_at' | 'window_source' | 'window_first_contact_at'
>

export const noWindow: WindowColumns = {
  window_opened_at: null,
  window_expires_at: null,
  window_source: null,
  window_first_contact_at: null,
}

export function windowColumns(window: Window): WindowColumns {
  return {
    window_opened_at: window.openedAt,
    window_expires_at: window.expiresAt,
    window_source: window.source ?? null,
    window_first_contact_at: window.firstContactAt ?? null,
  }
}

export function windowOfRow(row: WindowColumns): Window | undefined {
  if (row.window_opened_at === null || row.window_expires_at === null) return undefined
  return {
    openedAt: row.window_opened_at,
    expiresAt: row.window_expires_at,
    ...given('source', row.window_source),
    ...given('firstContactAt', row.window_first_contact_at),
  }
}
