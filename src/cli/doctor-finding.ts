/** One thing the doctor looked at. Only what is wrong makes it end with 1. */
export interface Finding {
  /** What was looked at: `port http`, `certificates`. */
  readonly about: string
  readonly state: 'good' | 'warning' | 'wrong'
  readonly says: string
  /** What to do; there wherever it is not good. */
  readonly remedy?: string
}

export function good(about: string, says: string): Finding {
  return { about, state: 'good', says }
}

export function warning(about: string, says: string, remedy: string): Finding {
  return { about, state: 'warning', says, remedy }
}

export function wrong(about: string, says: string, remedy: string): Finding {
  return { about, state: 'wrong', says, remedy }
}

export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
