import type { HttpLimits } from './limits.ts'
import type { HttpLog } from './log.ts'

/** Whether the server can take more, and what it could not. */
export interface Overload {
  /** It runs late by more than is allowed: what comes now would be answered when nobody waits for it. */
  late(): boolean
  /** Something was put off or turned away: it is told in sum. */
  note(what: 'connections' | 'requests'): void
  stop(): void
}

const EVERY = 500
const TURNS_BETWEEN_WARNINGS = 20

/** Watches how late a timer comes: what has piled up before it waits as long. `onTurn` is told the time at each. */
export function watchOverload(limits: HttpLimits, log: HttpLog, onTurn: (now: number) => void): Overload {
  const putOff = { connections: 0, requests: 0 }
  let due = performance.now() + EVERY
  let late = false
  let turns = 0
  const timer = setInterval(() => {
    const now = performance.now()
    late = now - due > limits.lateness
    due = now + EVERY
    onTurn(now)
    turns++
    if (turns % TURNS_BETWEEN_WARNINGS === 0) tell()
  }, EVERY)
  timer.unref()

  function tell(): void {
    if (putOff.connections + putOff.requests === 0) return
    log.warn({ ...putOff }, 'devices were put off: a limit is reached')
    putOff.connections = 0
    putOff.requests = 0
  }
  return {
    late: () => late,
    note(what) {
      putOff[what]++
    },
    stop() {
      clearInterval(timer)
      tell()
    },
  }
}
