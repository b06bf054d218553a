import { clientOf } from './address.ts'
import type { Refusal } from './decide.ts'
import {
  guardLimits,
  newSuspect,
  pointsAt,
  type Suspect,
  weighCredentials,
  weighName,
} from './guard-score.ts'

export type GuardAlert =
  | { readonly event: 'guessing-started' | 'guessing-stopped'; readonly source: string }
  | { readonly event: 'sequential-names'; readonly source: string; readonly mac: string }

/** A refused request, or one whose evidence contradicts itself. */
export interface GuardedRefusal {
  /** The client's address, canonical. */
  readonly source: string
  readonly mac: string
  readonly why: Refusal | 'mac-mismatch' | 'model-mismatch'
}

/** Watches who guesses. It counts clients: an IPv4 address, or the /64 of an IPv6 one. */
export interface Guard {
  refused(refusal: GuardedRefusal, now: number): readonly GuardAlert[]
  /** The source is not admitted by a window; its credentials and certificates are as good as ever. */
  shutOut(source: string, now: number): boolean
  /** Milliseconds to wait before a refusal is answered. It depends on the source alone, so it tells nothing. */
  delay(source: string, now: number): number
  /** Says who has stopped and forgets who is harmless; to be called every few minutes. */
  settle(now: number): readonly GuardAlert[]
  /** Who is remembered, the most suspicious first. */
  suspects(now: number): readonly Suspected[]
  /** Nothing counts any more against a source, named as a client or by any address of it; false when nothing did. */
  forgive(source: string): boolean
  /** What is held against a source, or against all, for the guard of another process. */
  marks(source?: string): readonly GuardMark[]
  /** Holds against sources what the guard that counts holds against them. */
  take(marks: readonly GuardMark[]): void
}

/** What decides about a source; by which names it came to that stays with the guard that counts. */
export interface GuardMark {
  /** The client. */
  readonly source: string
  readonly points: number
  readonly at: number
  readonly shutOut: boolean
}

export interface Suspected {
  /** An IPv4 address, or the /64 of an IPv6 one. */
  readonly source: string
  readonly points: number
  readonly shutOut: boolean
  /** When a source that is shut out is admitted again, if nothing more comes from it. */
  readonly until?: number
}

/** How a refusal counts; `none` is the first half of an ordinary sign-in, or a manager's business. */
const kinds: Readonly<Record<GuardedRefusal['why'], 'name' | 'credentials' | 'none'>> = {
  'unknown-device': 'name',
  'outside-networks': 'name',
  'certificate-needed': 'none',
  'certificate-other': 'name',
  'credentials-needed': 'none',
  'credentials-wrong': 'credentials',
  'shut-out': 'name',
  'window-expired': 'none',
  'window-used': 'none',
  'window-other-source': 'name',
  'mac-mismatch': 'name',
  'model-mismatch': 'name',
}

/** `sources` bounds the memory: the source that was quiet longest is forgotten first. */
export function createGuard(sources: number = guardLimits.sources): Guard {
  const suspects = new Map<string, Suspect>()

  function touch(client: string, now: number): Suspect {
    const suspect = suspects.get(client) ?? newSuspect(now)
    suspects.delete(client)
    suspects.set(client, suspect)
    const [oldest] = suspects.keys()
    if (suspects.size > sources && oldest !== undefined) suspects.delete(oldest)
    return suspect
  }

  function refused({ source, mac, why }: GuardedRefusal, now: number): readonly GuardAlert[] {
    const kind = kinds[why]
    if (kind === 'none') return []
    const client = clientOf(source)
    const suspect = touch(client, now)
    const run = suspect.run
    const weight = kind === 'name' ? weighName(suspect, mac) : weighCredentials(suspect, mac)
    const alerts: GuardAlert[] = stopped(client, suspect, now)
    suspect.points = pointsAt(suspect, now) + weight
    suspect.at = Math.max(suspect.at, now)
    if (run < guardLimits.run && suspect.run >= guardLimits.run) {
      alerts.push({ event: 'sequential-names', source: client, mac })
    }
    if (!suspect.shutOut && suspect.points >= guardLimits.shutOutFrom) {
      suspect.shutOut = true
      alerts.push({ event: 'guessing-started', source: client })
    }
    return alerts
  }

  function settle(now: number): readonly GuardAlert[] {
    const alerts: GuardAlert[] = []
    for (const [client, suspect] of suspects) {
      alerts.push(...stopped(client, suspect, now))
      if (pointsAt(suspect, now) < guardLimits.repeated) suspects.delete(client)
    }
    return alerts
  }

  return {
    refused,
    settle,
    shutOut(source, now) {
      if (suspects.size === 0) return false
      const suspect = suspects.get(clientOf(source))
      return suspect !== undefined && isShutOut(suspect, now)
    },
    suspects: (now) =>
      [...suspects]
        .map(([client, suspect]) => suspected(client, suspect, now))
        .sort((a, b) => b.points - a.points),
    forgive: (source) => suspects.delete(source) || suspects.delete(clientOf(source)),
    marks(source) {
      if (source === undefined) return [...suspects].map(([client, suspect]) => markOf(client, suspect))
      const client = clientOf(source)
      const suspect = suspects.get(client)
      return suspect ? [markOf(client, suspect)] : []
    },
    take(marks) {
      for (const { source, points, at, shutOut } of marks) {
        Object.assign(touch(source, at), { points, at, shutOut })
      }
    },
    delay(source, now) {
      const suspect = suspects.get(clientOf(source))
      const points = suspect ? pointsAt(suspect, now) : 0
      const share = (points - guardLimits.slowFrom) / (guardLimits.shutOutFrom - guardLimits.slowFrom)
      return Math.round(Math.min(1, Math.max(0, share)) * guardLimits.longestDelay)
    },
  }
}

function markOf(source: string, { points, at, shutOut }: Suspect): GuardMark {
  return { source, points, at, shutOut }
}

function isShutOut(suspect: Suspect, now: number): boolean {
  return suspect.shutOut && pointsAt(suspect, now) >= guardLimits.admittedBelow
}

function suspected(source: string, suspect: Suspect, now: number): Suspected {
  const { at, points } = suspect
  const shown = { source, points: Math.round(pointsAt(suspect, now) * 10) / 10 }
  if (!isShutOut(suspect, now)) return { ...shown, shutOut: false }
  const until = at + guardLimits.halfLife * Math.log2(points / guardLimits.admittedBelow)
  return { ...shown, shutOut: true, until: Math.ceil(until) }
}

/** The end of a shut-out is told once, by whoever notices it first. */
function stopped(client: string, suspect: Suspect, now: number): GuardAlert[] {
  if (!suspect.shutOut || isShutOut(suspect, now)) return []
  suspect.shutOut = false
  return [{ event: 'guessing-stopped', source: client }]
}
