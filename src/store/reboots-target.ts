import type { QuietHours, RebootSettings, SipSettings } from '../domain/intent.ts'

/** Whom to tell, and how: everything of the intent that a sender needs. */
export interface WakeTarget {
  readonly mac: string
  readonly model: string
  /** The SIP users of the device's lines in the order of its ports. */
  readonly users: readonly string[]
  readonly sip: SipSettings
  readonly credentials?: { readonly user: string; readonly password: string }
  readonly reboot: RebootSettings
  /** The company's, where it has some. */
  readonly quietHours?: QuietHours
  /** Of the device's site, or else its company. */
  readonly timezone: string
  /** Where it was last seen from. */
  readonly address?: string
}
