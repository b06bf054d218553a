import type { Confidence } from '../domain/model.ts'

/** What one group of devices says and asks in DHCP. A vendor has several where its devices differ. */
export interface DhcpFacts {
  /** Names the class in a DHCP server: lower-case letters, digits and hyphens. */
  readonly name: string
  /** As people call them. */
  readonly devices: string
  /** What they may send in option 60; each of these means a device of this group. */
  readonly classes: readonly VendorClass[]
  /** How much is known of the classes. */
  readonly confidence: Confidence
  /** The options they take an address from, in the order they prefer them. */
  readonly options: readonly DhcpOption[]
  /** What an operator has to know besides, a sentence each. */
  readonly notes: readonly string[]
}

/** Option 60: how it begins, as text or as bytes in hex digits, or the whole of it. */
export type VendorClass =
  | { readonly begins: string }
  | { readonly beginsWithBytes: string }
  | { readonly is: string }

export interface DhcpOption {
  readonly code: 43 | 66 | 160 | 161
  readonly confidence: Confidence
  /** When it counts, where that is not always. */
  readonly when?: string
}
