/** How long a linked device may be awaited, and how long its first contact lasts. */
export const windowTimes = { open: 72 * 3_600_000, afterContact: 15 * 60_000 } as const

/**
 * The time in which a device may have its files without having proved anything: it cannot prove anything before it has
 * its first file. Times are milliseconds.
 */
export interface Window {
  readonly openedAt: number
  readonly expiresAt: number
  /** The only address that is served: that of the first contact, or one that was known before it. */
  readonly source?: string
  readonly firstContactAt?: number
}

export type WindowState = 'admits' | 'never-opened' | 'expired' | 'used' | 'other-source'

/**
 * A window opened by linking a device, by a manager, or by unlinking. At unlinking the device's account is dead already
 * but it has to learn that it belongs to nobody: the window is bound beforehand to where the device was last seen.
 */
export function openWindow(now: number, source?: string): Window {
  return { openedAt: now, expiresAt: now + windowTimes.open, ...(source === undefined ? {} : { source }) }
}

/** What a window says to a source; `source` is canonical, so that equality is identity. */
export function windowState(window: Window | undefined, source: string, now: number): WindowState {
  if (!window) return 'never-opened'
  if (now >= window.expiresAt) return 'expired'
  if (window.firstContactAt !== undefined && now >= window.firstContactAt + windowTimes.afterContact)
    return 'used'
  return window.source === undefined || window.source === source ? 'admits' : 'other-source'
}

/** The window after a contact it admitted; `undefined` when that contact changes nothing. */
export function bindWindow(window: Window, source: string, now: number): Window | undefined {
  if (window.firstContactAt !== undefined) return undefined
  return { ...window, source, firstContactAt: now }
}

/** A first contact makes a window short. */
export function windowEnd(window: Window | undefined): number | undefined {
  if (window?.firstContactAt === undefined) return window?.expiresAt
  return Math.min(window.expiresAt, window.firstContactAt + windowTimes.afterContact)
}
