/** How suspicious a source looks. Points fade by half in every half-life; all values can be changed here alone. */
export const guardLimits = {
  halfLife: 15 * 60_000,
  /** A device that asks again and again for what it cannot have is a nuisance, not a thief. */
  repeated: 0.1,
  /** Names of several devices may come from a site whose phones are not linked yet. */
  distinct: 1,
  /** Names one after another are counted, not read from a label. */
  sequential: 5,
  /** How near the next address must be to be one after another: deliveries use up every one, some every second. */
  step: 2,
  /** So many names one after another are worth telling somebody. */
  run: 4,
  wrongCredentials: 2,
  shutOutFrom: 60,
  /** Lower than the start, so that a source does not go in and out by one point. */
  admittedBelow: 30,
  slowFrom: 20,
  longestDelay: 2_000,
  sources: 10_000,
  /** Names remembered of one source, to tell a new one from a repeated one. */
  names: 64,
} as const

/** What is remembered of one source. */
export interface Suspect {
  points: number
  at: number
  shutOut: boolean
  lastName: number | undefined
  /** How many names came one after another, the first not counted. */
  run: number
  readonly names: Set<string>
}

export function newSuspect(now: number): Suspect {
  return { points: 0, at: now, shutOut: false, lastName: undefined, run: 0, names: new Set() }
}

export function pointsAt(suspect: Suspect, now: number): number {
  return suspect.points * 0.5 ** (Math.max(0, now - suspect.at) / guardLimits.halfLife)
}

/** Points of asking for this device's name, given those asked before; remembers it. */
export function weighName(suspect: Suspect, mac: string): number {
  if (!remember(suspect.names, mac)) return guardLimits.repeated
  const number = Number.parseInt(mac, 16)
  const distance = suspect.lastName === undefined ? Number.NaN : Math.abs(number - suspect.lastName)
  suspect.lastName = number
  if (!(distance <= guardLimits.step)) {
    suspect.run = 0
    return guardLimits.distinct
  }
  suspect.run++
  return guardLimits.sequential
}

/** Points of wrong credentials: a device that was given new ones repeats its old ones for one name. */
export function weighCredentials(suspect: Suspect, mac: string): number {
  return remember(suspect.names, `credentials ${mac}`) ? guardLimits.wrongCredentials : guardLimits.repeated
}

/** False when it was there; the oldest gives way to a new one. */
function remember(names: Set<string>, name: string): boolean {
  if (names.has(name)) return false
  names.add(name)
  const [oldest] = names
  if (names.size > guardLimits.names && oldest !== undefined) names.delete(oldest)
  return true
}
