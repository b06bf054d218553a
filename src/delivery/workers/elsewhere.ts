import type { ServiceLog } from '../log.ts'

/** What a worker tells is counted and logged at the time it happened there, with the worker's number. */
export interface Elsewhere {
  readonly now: () => number
  readonly log: ServiceLog
  /** Does it as if it were that time, there. */
  at(time: number, worker: number, work: () => void): void
}

export function elsewhere(log: ServiceLog, now: () => number): Elsewhere {
  let there: { readonly time: number; readonly worker: number } | undefined
  const marked = (fields: object): object => (there ? { ...fields, worker: there.worker } : fields)
  return {
    now: () => there?.time ?? now(),
    log: {
      debug: (fields, text) => log.debug(marked(fields), text),
      info: (fields, text) => log.info(marked(fields), text),
      warn: (fields, text) => log.warn(marked(fields), text),
      error: (fields, text) => log.error(marked(fields), text),
    },
    at(time, worker, work) {
      there = { time, worker }
      try {
        work()
      } finally {
        there = undefined
      }
    },
  }
}
