import type { Codes, KeyDuringCall, Locale, PortUse, SipSettings } from './intent.ts'
import type { KeySlot } from './key-layout.ts'
import type { Model } from './model.ts'

/**
 * Everything one device's files depend on, and nothing else: two equal device intents render the same bytes.
 * A device without ports is a neutral one: it was unlinked and must forget lines, keys and credentials.
 */
export interface DeviceIntent {
  /** 12 lower-case hex digits. */
  readonly mac: string
  readonly model: Model
  /** Names of the attached modules, in order. */
  readonly expansion: readonly string[]
  readonly locale: Locale
  /** The site's time zone, else the company's (IANA name). */
  readonly timezone: string
  readonly sip: SipSettings
  readonly codes: Codes
  readonly keyDuringCall: KeyDuringCall
  /** This server tells the device itself that it has new files; else only the SIP server does. */
  readonly toldDirectly?: true
  /** Ascending by port, gaps allowed (handset 2 without handset 1). A phone has one. */
  readonly ports: readonly PortIntent[]
  /** All keys in their final places, ascending by slot number, the line's own first; empty where there are none. */
  readonly keys: readonly KeyIntent[]
  /** Extra parameters, the device's own over the model's over the maker's, sorted by name. */
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

/** One line on one port: the line of a phone, a handset of a DECT base, a telephone socket of an adapter. */
export interface PortIntent {
  readonly port: number
  readonly number: string
  readonly displayName: string
  readonly sipUser: string
  /** A secret: never logged, never compared in the open. */
  readonly sipPassword: string
  readonly shortNumber?: string
  /** Only on adapters. */
  readonly use?: PortUse
}

export type KeyIntent =
  | { readonly role: 'line'; readonly slot: KeySlot; readonly label: string }
  | {
      readonly role: 'supervision'
      readonly slot: KeySlot
      readonly label: string
      /** What the phone subscribes to. */
      readonly sipUser: string
      /** What it dials when pressed at rest. */
      readonly number: string
    }
  | {
      readonly role: 'interception' | 'shortcut'
      readonly slot: KeySlot
      readonly label: string
      readonly number: string
    }
