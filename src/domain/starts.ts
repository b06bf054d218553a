/**
 * When a device starts: its first request after a time of silence. Nothing in a request tells a start from a nightly
 * look for new files, and a boot that is under way asks more often than this.
 */
export const silence = 60_000

/** Of each device so many starts are remembered, the latest last: one more than an hour may have. */
export const startsKept = 7

/** Whether a request is the first of a start, after the one before it. */
export function isStart(before: number | undefined, at: number): boolean {
  return before === undefined || at - before >= silence
}

export function withStart(starts: readonly number[], at: number): readonly number[] {
  return [...starts, at].slice(-startsKept)
}

/** What a start is called in the log and in the story; together with the device's MAC there is no other. */
export function bootId(from: number): string {
  return from.toString(36)
}
