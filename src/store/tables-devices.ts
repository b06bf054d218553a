/** Has lines, or was unlinked and is owed a neutral configuration. */
export type DeviceLink = 'linked' | 'neutral'

export interface DeviceRow {
  mac: string
  model: string
  /** By name, as is site: a device outlives the company it was unlinked from. */
  company: string
  site: string | null
  state: DeviceLink
  /** When it was given to its lines; unknown for one that an older version linked. */
  linked_at: number | null
  account_user: string | null
  /** Sealed, bound to the MAC. */
  account_password: string | null
  window_opened_at: number | null
  window_expires_at: number | null
  window_source: string | null
  window_first_contact_at: number | null
  /** How many changes concerned the device so far. */
  generation: number
  /** Of the files it should have; unknown between a change and the rendering of its files. */
  revision: string | null
  revision_at: number | null
  delivered_revision: string | null
  delivered_at: number | null
  first_seen_at: number | null
  last_seen_at: number | null
  last_source: string | null
  last_user_agent: string | null
  last_version: string | null
}

export interface DeliveryRow {
  id: number
  at: number
  mac: string | null
  name: string
  kind: string
  transport: string
  method: string
  status: number
  bytes: number
  /** 1: all of it was sent; 0: it broke off, or there was nothing to send. */
  complete: number
  revision: string | null
  source: string
  user_agent: string | null
  version: string | null
  /** The reason code of a refusal or an admission. */
  why: string | null
}

export interface DiscoveredRow {
  mac: string
  maker: string
  model: string | null
  version: string | null
  source: string
  user_agent: string | null
  /** The file it asked for last. */
  name: string
  first_at: number
  last_at: number
  count: number
}

/** The files that a device took last, without secrets: gzip of JSON. */
export interface TakenRow {
  mac: string
  /** By name; whose it was then. */
  company: string
  revision: string
  at: number
  files: Buffer
}
