import { performance } from 'node:perf_hooks'

/** The share of its time, from 0 to 1, for which the process was at work since this was asked last. */
export function measureLoad(): () => number {
  let before = performance.eventLoopUtilization()
  return () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    return utilization
  }
}
