/** The intent: what a fleet should be. Field names are those of the fleet file; values are normalised. */

export const lineKinds = [
  'fixed',
  'analog',
  'mobile',
  'fixed-for-mobile',
  'call-group',
  'voice-menu',
] as const
export type LineKind = (typeof lineKinds)[number]

export const locales = ['fr', 'en'] as const
export type Locale = (typeof locales)[number]

export const deviceAccesses = ['open', 'first-contact', 'certificate'] as const
export type DeviceAccess = (typeof deviceAccesses)[number]

export const transports = ['udp', 'tcp', 'tls'] as const
export type Transport = (typeof transports)[number]

export const duringCallActions = ['hold', 'transfer', 'park'] as const
export type KeyDuringCall = (typeof duringCallActions)[number]

export const userSettingsChoices = ['ignored', 'kept'] as const
export type UserSettings = (typeof userSettingsChoices)[number]

export const portUses = ['fax', 'phone'] as const
export type PortUse = (typeof portUses)[number]

/** Names and values the operator adds to what Bootline renders; the names are the vendor's own. */
export type Parameters = Readonly<Record<string, string>>

export interface SipSettings {
  readonly domain: string
  readonly proxy?: string
  readonly port?: number
  readonly transport: Transport
}

export interface Codes {
  readonly groupPickup: string
  readonly directedPickup: string
  readonly voicemail: string
}

/** Hours of the company's clock, `HH:MM`; `from` later than `to` crosses midnight. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

export const rebootWays = ['sip', 'direct', 'asterisk', 'freeswitch', 'web', 'none'] as const
export type RebootWay = (typeof rebootWays)[number]

/**
 * How devices are told that they have new files. `sip`: a NOTIFY through the company's SIP server, which knows where
 * the device is; `direct`: a NOTIFY to the address the device fetched from; `asterisk`, `freeswitch`: the switch is
 * asked over its management port to send it; `web`: the device's own web interface, on a closed network; `none`:
 * devices take what is new when they start or ask again.
 */
export interface RebootSettings {
  readonly by: RebootWay
  /** `host:port` of the switch's management port (asterisk, freeswitch). */
  readonly server?: string
  /** Who signs in: at the SIP server (absent: as the line itself), at the switch, or at the device's web interface. */
  readonly user?: string
  readonly password?: string
  /** The sofia profile that the devices register with (freeswitch); absent: `internal`. */
  readonly profile?: string
}

/** Direct numbers that were bought together: both ends belong to it. */
export interface NumberBlock {
  readonly from: string
  readonly to: string
}

/** What a company decides for all its lines. */
export interface CompanySettings {
  readonly name: string
  readonly locale: Locale
  readonly timezone: string
  readonly deviceAccess: DeviceAccess
  /** With `open` access: the networks (CIDR) that are let in; absent means every address. */
  readonly openNetworks?: readonly string[]
  readonly sip: SipSettings
  readonly keyDuringCall: KeyDuringCall
  /** Whether a device gets back what it sent of its user's: changed settings, contacts, call lists. */
  readonly userSettings: UserSettings
  readonly codes: Codes
  readonly quietHours?: QuietHours
  /** Absent: `defaultReboot`. */
  readonly reboot?: RebootSettings
  /** Extra parameters by maker (`yealink`) or model (`yealink/t54w`). */
  readonly parameters?: Readonly<Record<string, Parameters>>
  /** Lines with a number of a block go to another company only all together. */
  readonly numberBlocks?: readonly NumberBlock[]
}

export interface Company extends CompanySettings {
  readonly sites: readonly Site[]
  readonly lines: readonly Line[]
}

export interface Site {
  readonly name: string
  readonly address?: string
  readonly timezone?: string
  readonly pickupGroups: readonly PickupGroup[]
}

export interface PickupGroup {
  readonly name: string
  readonly members: readonly string[]
}

export interface Line {
  readonly number: string
  readonly kind: LineKind
  readonly site: string
  readonly firstName?: string
  readonly lastName?: string
  /** The name of a line that is not a person's. */
  readonly name?: string
  readonly email?: string
  readonly shortNumber?: string
  /** The access to the internet that the line hangs on, as the operator calls it: it cannot leave its company. */
  readonly internetAccess?: string
  readonly sip?: SipAccount
  readonly equipment?: Equipment
  readonly keys: Keys
}

export interface SipAccount {
  readonly user?: string
  /** Absent: the server makes one and keeps it. */
  readonly password?: string
}

export interface Equipment {
  readonly model: string
  /** 12 lower-case hex digits; absent until the installer knows it. */
  readonly mac?: string
  readonly port: number
  /** Only on the port of an adapter. */
  readonly use?: PortUse
  readonly expansion: readonly string[]
  readonly parameters?: Parameters
}

export interface NumberKey {
  readonly number: string
  readonly label: string
}

export type Shortcut = NumberKey | 'interception'

export interface Keys {
  /** Numbers of supervised lines, in the order of the keys. */
  readonly supervision: readonly string[]
  readonly shortcuts: readonly Shortcut[]
}

export const noKeys: Keys = { supervision: [], shortcuts: [] }

export const defaultReboot: RebootSettings = { by: 'sip' }

export const defaultCodes: Codes = { groupPickup: '*98', directedPickup: '*95', voicemail: '123' }

/** "Stéphane Biel", or the line's own name, or its number when it has neither. */
export function displayName(line: Pick<Line, 'firstName' | 'lastName' | 'name' | 'number'>): string {
  const person = [line.firstName, line.lastName].filter(Boolean).join(' ')
  return person || line.name || line.number
}

/** The account a line registers with: its own when given, else its number without the plus sign. */
export function sipUser(line: Pick<Line, 'number' | 'sip'>): string {
  return line.sip?.user ?? line.number.replace(/^\+/, '')
}
