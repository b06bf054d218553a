import type { Driver, RequestKind } from '../../devices/driver.ts'
import { parseMac } from '../../domain/mac.ts'
import type { Model } from '../../domain/model.ts'
import { type Candidate, readEvidence } from './identity-evidence.ts'
import { makes, score } from './identity-score.ts'

/** Everything a request shows of who sends it. A query string is no evidence: anybody writes it. */
export interface Evidence {
  /** The path, decoded, without its leading slash. */
  readonly name: string
  readonly userAgent?: string
  /** The common name of a certificate that was verified. */
  readonly certificate?: string
}

/** How well a device's address is known: proved by a certificate, said by two, claimed by one, not said. */
export type Agreement = 'proved' | 'confirmed' | 'claimed' | 'none'

export interface Identity {
  readonly mac?: string
  /**
   * Where the address was taken from. From the name: the request is for a per-device name and needs an access decision
   * before anything else is told, whatever its kind, since the kind may depend on what is linked. From elsewhere: it
   * only tells who asks.
   */
  readonly macFrom?: Claim['from']
  readonly driver?: Driver
  /** What kind of file is asked for, in that driver's eyes. */
  readonly kind?: RequestKind
  /** The file part of the name, where the driver marks one: images and resources go by it. */
  readonly file?: string
  /** The catalogue's model, as the user agent or the name says; it may differ from the linked one. */
  readonly model?: Model
  readonly version?: string
  readonly bootLoader?: boolean
  readonly agreement: Agreement
  /** For the log: why the decision came out so. */
  readonly reasons: readonly string[]
}

/** A request that contradicts itself: one device's identity used for another device's file. */
export interface Contradiction {
  readonly refused: 'mac-mismatch' | 'model-mismatch'
  /** The address whose file was asked for, or that came first. */
  readonly mac: string
  readonly reasons: readonly string[]
}

export type LinkedModel = (mac: string) => Model | undefined

/** Who a device is, from what it shows and from the model linked to its address. Of equals the first driver is taken. */
export function identify(
  evidence: Evidence,
  drivers: readonly Driver[],
  linkedModel: LinkedModel,
): Identity | Contradiction {
  const candidates = drivers.map((driver) => readEvidence(driver, evidence.name, evidence.userAgent))
  const named = candidates.map((each) => each.nameMac)
  const spoken = candidates.map((each) => each.userAgent?.mac)
  const made = [
    ...claims('name', named),
    ...claims('certificate', [evidence.certificate]),
    ...claims('user-agent', spoken),
  ]
  const reasons = made.map(({ from, mac }) => `the ${from} says ${mac}`)
  const [first] = made
  if (first && made.some(({ mac }) => mac !== first.mac)) {
    return { refused: 'mac-mismatch', mac: first.mac, reasons }
  }
  const linked = first && linkedModel(first.mac)
  const speaks = candidates.filter(({ userAgent }) => userAgent)
  const isLinked = ({ driver }: Candidate): boolean => linked !== undefined && makes(driver, linked)
  if (first && linked && speaks.length > 0 && candidates.some(isLinked) && !speaks.some(isLinked)) {
    const makers = speaks.map(({ driver }) => driver.name).join(', ')
    return {
      refused: 'model-mismatch',
      mac: first.mac,
      reasons: [...reasons, `the user agent is one of ${makers}`, `the linked model is ${linked.id}`],
    }
  }
  const best = bestOf(candidates, first?.mac, linked)
  if (best) reasons.push(...best.why, ...otherModel(best.candidate.model, linked))
  const identity: Writable<Identity> = { agreement: agreement(made), reasons }
  if (first) {
    identity.mac = first.mac
    identity.macFrom = first.from
  }
  if (best) tell(identity, best.candidate)
  return identity
}

/** Every request of every device is put together here: field by field, which is quickest. */
type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** For whom most speaks, if anything does. */
function bestOf(candidates: readonly Candidate[], mac: string | undefined, linked: Model | undefined) {
  let best: ({ readonly candidate: Candidate } & ReturnType<typeof score>) | undefined
  for (const candidate of candidates) {
    const { points, why } = score(candidate, mac, linked)
    if (points > (best?.points ?? 0)) best = { candidate, points, why }
  }
  return best
}

/** Kinds of files that need no device's address in their name. */
const forAnybody: ReadonlySet<RequestKind> = new Set(['shared', 'firmware', 'resource', 'absent'])

/** A device's own file is the one whose name holds its address: no other evidence stands in for that. */
function tell(identity: Writable<Identity>, { driver, kind, file, model, userAgent }: Candidate): void {
  identity.driver = driver
  if (kind) identity.kind = identity.macFrom === 'name' || forAnybody.has(kind) ? kind : 'absent'
  if (file !== undefined) identity.file = file
  if (model) identity.model = model
  if (userAgent?.version !== undefined) identity.version = userAgent.version
  if (userAgent?.bootLoader !== undefined) identity.bootLoader = userAgent.bootLoader
}

function agreement(made: readonly Claim[]): Agreement {
  if (made.some(({ from }) => from === 'certificate')) return 'proved'
  return made.length > 1 ? 'confirmed' : made.length === 1 ? 'claimed' : 'none'
}

function otherModel(seen: Model | undefined, linked: Model | undefined): readonly string[] {
  if (!seen || !linked || seen === linked) return []
  return [`it says ${seen.id}, the linked model is ${linked.id}`]
}

interface Claim {
  readonly from: 'name' | 'certificate' | 'user-agent'
  readonly mac: string
}

/**
 * The different addresses one place holds, as the drivers read it. All zeros and the like stand for every device in a
 * name, and are no device's address.
 */
function claims(from: Claim['from'], texts: readonly (string | undefined)[]): readonly Claim[] {
  const macs = new Set<string>()
  // The drivers mostly read the same, or nothing.
  for (const text of new Set(texts)) {
    const read = text === undefined ? undefined : parseMac(text, 'mac')
    if (read && 'mac' in read) macs.add(read.mac)
  }
  return [...macs].map((mac) => ({ from, mac }))
}
