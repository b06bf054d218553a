import type { Boot, Outcome } from './phone.ts'

/** What a run came to. */
export interface Summary {
  readonly starts: number
  readonly outcomes: Readonly<Record<Outcome, number>>
  readonly requests: number
  /** How often somebody was told to come later. */
  readonly askedToWait: number
  readonly seconds: number
  /** Milliseconds: of whole starts, and of requests. */
  readonly boot: Spread
  readonly request: Spread
}

export interface Spread {
  readonly p50: number
  readonly p99: number
  readonly most: number
}

export interface Count {
  add(boot: Boot): void
  summary(seconds: number): Summary
}

/** Figures are kept, not starts: a storm has many. */
export function createCount(): Count {
  const outcomes: Record<Outcome, number> = {
    ok: 0,
    wrong: 0,
    'turned away': 0,
    'kept out': 0,
    unreachable: 0,
  }
  const boots: number[] = []
  const requests: number[] = []
  let askedToWait = 0
  return {
    add(boot) {
      outcomes[boot.outcome]++
      askedToWait += boot.askedToWait
      boots.push(boot.milliseconds)
      for (const took of boot.took) requests.push(took)
    },
    summary: (seconds) => ({
      starts: boots.length,
      outcomes: { ...outcomes },
      requests: requests.length,
      askedToWait,
      seconds: rounded(seconds),
      boot: spread(boots),
      request: spread(requests),
    }),
  }
}

function spread(figures: readonly number[]): Spread {
  const sorted = Float64Array.from(figures).sort()
  const at = (share: number): number =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50: at(0.5), p99: at(0.99), most: at(1) }
}

function rounded(figure: number): number {
  return Math.round(figure * 10) / 10
}
