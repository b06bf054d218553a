import { type Clock, TICKS_PER_SECOND } from './patience.ts'

export interface TftpLimits {
  /** Transfers running at once. */
  readonly transfers: number
  /** Of these, from one address. A site behind a router that translates addresses counts as one. */
  readonly transfersPerAddress: number
  /** Requests from one address, lasting; `Infinity` sets no limit. */
  readonly requestsPerSecond: number
  /** Requests from one address at one moment, before the rate above counts. */
  readonly requestBurst: number
  /** How long `close` lets transfers end. */
  readonly closeGraceSeconds: number
}

export const DEFAULT_LIMITS: TftpLimits = {
  transfers: 2048,
  transfersPerAddress: 64,
  requestsPerSecond: 100,
  requestBurst: 300,
  closeGraceSeconds: 3,
}

/** Addresses remembered: forged ones must not fill the memory. */
const ADDRESSES = 8192

interface Allowance {
  requests: number
  at: number
}

export interface Gate {
  /** Whether one more request of the address is heard. */
  hear(address: string): boolean
  /** Takes a place for a transfer, if there is one. */
  enter(address: string): boolean
  leave(address: string): void
  /** Forgets the addresses whose allowance is full again. */
  sweep(): void
}

export function gate(limits: TftpLimits, clock: Clock): Gate {
  const running = new Map<string, number>()
  const allowances = new Map<string, Allowance>()
  const perTick = limits.requestsPerSecond / TICKS_PER_SECOND
  let total = 0

  const allowanceOf = (address: string): Allowance => {
    const known = allowances.get(address)
    if (known !== undefined) {
      known.requests = Math.min(limits.requestBurst, known.requests + (clock.now - known.at) * perTick)
      known.at = clock.now
      return known
    }
    if (allowances.size >= ADDRESSES) forgetOldest(allowances)
    const fresh = { requests: limits.requestBurst, at: clock.now }
    allowances.set(address, fresh)
    return fresh
  }
  return {
    hear(address) {
      if (limits.requestsPerSecond === Number.POSITIVE_INFINITY) return true
      const allowance = allowanceOf(address)
      if (allowance.requests < 1) return false
      allowance.requests--
      return true
    },
    enter(address) {
      const own = running.get(address) ?? 0
      if (total >= limits.transfers || own >= limits.transfersPerAddress) return false
      running.set(address, own + 1)
      total++
      return true
    },
    leave(address) {
      const own = running.get(address) ?? 0
      if (own > 1) running.set(address, own - 1)
      else running.delete(address)
      total--
    },
    sweep() {
      for (const [address, { requests, at }] of allowances) {
        if (requests + (clock.now - at) * perTick >= limits.requestBurst) allowances.delete(address)
      }
    },
  }
}

/** A Map keeps the order of insertion, so its first key is its oldest. */
export function forgetOldest<K>(map: Map<K, unknown>): void {
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}
