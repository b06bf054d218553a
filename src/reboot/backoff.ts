import { createHash } from 'node:crypto'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** How long after each failed tell the next one follows: quickly at first, and for about a day in all. */
const pauses = [
  30 * second,
  2 * minute,
  10 * minute,
  1 * hour,
  3 * hour,
  6 * hour,
  6 * hour,
  6 * hour,
] as const

/** What does not change by asking again soon: a device that will not do it, a password that is wrong. */
const slowPauses = [1 * hour, 6 * hour] as const

/** A device takes up to two minutes to start; one that has heard is given a little more to come. */
const fetchTime = 3 * minute

/** How much later than its pause a tell may be: devices that fell silent together are not told together. */
const spread = 0.2

/** The pause after so many tells that nothing came of; `undefined` when it is time to give up. */
export function pauseAfter(attempts: number, mac: string, slow = false): number | undefined {
  const pause = (slow ? slowPauses : pauses)[attempts - 1]
  return pause === undefined ? undefined : later(pause, mac)
}

/** How long the fetch of a device that has heard is waited for, the longer the more often it has heard for nothing. */
export function fetchPause(attempts: number, mac: string): number {
  return Math.max(fetchTime, pauseAfter(attempts - 1, mac) ?? 0)
}

/** After so many tells nobody is told once more. */
export const mostTells = pauses.length + 1

/** What somebody asks to wait is waited for, up to a day, and then some, for he asks all of them alike. */
export function askedPause(seconds: number, mac: string): number {
  return later(Math.min(seconds * second, 24 * hour), mac)
}

/** By the device and not by chance: the same device is always as late, which keeps the order of a queue. */
function later(pause: number, mac: string): number {
  const share = createHash('sha256').update(mac).digest().readUInt32BE(0) / 2 ** 32
  return Math.round(pause * (1 + spread * share))
}
