import type { RebootSettings, SipSettings } from '../domain/intent.ts'
import type { Model } from '../domain/model.ts'

/** What a device is asked: to look for new files and restart only when it must, or to restart whatever happens. */
export type WakeForm = 'resync' | 'reboot'

/** One device to be told, with everything a sender needs; how it is told is the sender's business. */
export interface Wake {
  readonly mac: string
  readonly model: Model
  readonly form: WakeForm
  /** The value of the Event header in that form, as the vendor's devices want it: `check-sync;reboot=true`. */
  readonly event: string
  /** The SIP users of its lines in the order of its ports; a device is told once, through the first. */
  readonly users: readonly string[]
  readonly sip: SipSettings
  /** What the first line registers with: for a challenge, where the company has no account of its own for this. */
  readonly credentials?: { readonly user: string; readonly password: string }
  readonly reboot: RebootSettings
  /** Where the device was last seen from, for those who tell it directly. */
  readonly address?: string
}

/**
 * How a device took it. Only `heard` leads to waiting for its fetch; `unwilling` means it is there and does not do
 * this (481, 489), which is not the same as being off.
 */
export type WakeResult =
  | 'heard' // 200, 202: it has heard; whether it does it shows when it fetches
  | 'queued' // a switch has taken it and does not tell what became of it
  | 'credentials' // 401, 407 again after the answer, or none to answer with
  | 'refused' // 403 and other final refusals
  | 'absent' // 404, 410, 480: the server knows of no such device now
  | 'silent' // 408, no answer in time, connection refused
  | 'unwilling' // 481, 489: reached, will not do it
  | 'busy' // 486, 491, 600
  | 'overloaded' // 503, with its Retry-After where it has one
  | 'misconfigured' // it could not be sent at all: no server, an unfit value, a vendor without this way

export interface WakeAnswer {
  readonly result: WakeResult
  /** The SIP or HTTP status, where there was one. */
  readonly status?: number
  /** For people, without secrets: `489 Bad Event`, `no answer within 32 s`. */
  readonly detail: string
  /** Seconds, from Retry-After. */
  readonly retryAfter?: number
  /** Nothing has left for the device: there was no way to whoever passes it on. */
  readonly isUnsent?: true
}

/** One way to tell devices. It never throws: whatever happens is an answer. */
export interface Sender {
  wake(wake: Wake): Promise<WakeAnswer>
  close(): Promise<void>
}
