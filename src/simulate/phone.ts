import type { Memory } from './asking.ts'
import { type Difference, differences } from './differences.ts'
import { expectedOf, type Wanted } from './expected.ts'
import { familyOf } from './families.ts'
import type { Hardware } from './family.ts'
import type { Reach } from './http-client.ts'
import type { Understood, Values } from './understood.ts'
import { isOwn, mayCome, missingFiles, refusals, refused } from './verdict.ts'
import { openVisit } from './visit.ts'

export type Outcome =
  /** It is what it should be. */
  | 'ok'
  /** It has files, and they make it something else. */
  | 'wrong'
  /** The server gives it nothing, though it should. */
  | 'turned away'
  /** The server gives it nothing, as its company wants it: it comes from elsewhere, or shows no certificate. */
  | 'kept out'
  | 'unreachable'

/** One start of one phone, as one would tell it. */
export interface Boot {
  readonly mac: string
  readonly outcome: Outcome
  /** Why, where it is not ok. */
  readonly detail?: string
  readonly differences: readonly Difference[]
  readonly understood?: Understood
  readonly requests: number
  readonly askedToWait: number
  readonly milliseconds: number
  readonly took: readonly number[]
}

export interface VirtualPhone {
  readonly hardware: Hardware
  /** What it should be. */
  readonly wanted: Wanted
  boot(signal: AbortSignal): Promise<Boot>
  /** The fleet moves on: from now on it should be this. */
  expect(wanted: Wanted): void
  /** Forgets what it was told, and whom it signed in as. */
  reset(): void
  /** Its user changes a setting on it, and it would keep that at the server. */
  change(): void
}

const nothing: Values = new Map()

export function makePhone(first: Wanted, url: URL, reach: Reach): VirtualPhone {
  const { mac, model, expansion } = first.intent
  const hardware: Hardware = { mac, model, expansion }
  const family = familyOf(model)
  const memory: Memory = { kept: new Map() }
  let wanted = first
  let override = false

  async function boot(signal: AbortSignal): Promise<Boot> {
    const began = performance.now()
    const visit = openVisit({ url, hardware, family, memory, reach, override, signal })
    const { tally } = visit
    const told = (outcome: Outcome, more: Partial<Boot> = {}): Boot => ({
      mac,
      outcome,
      differences: [],
      requests: tally.requests,
      askedToWait: tally.askedToWait,
      milliseconds: performance.now() - began,
      took: tally.took,
      ...more,
    })
    try {
      const files = await family.start(visit)
      const given =
        [...files.keys()].some((name) => isOwn(name, hardware)) && !refused(tally.answers, hardware)
      const admitted = mayCome(wanted, url, reach, visit.from())
      if (!given) return told(admitted ? 'turned away' : 'kept out', { detail: refusals(tally.answers) })
      const understood = family.read(files, hardware, family.former?.(hardware) ?? nothing)
      if (understood.account) memory.account = understood.account
      const missing = missingFiles(tally.answers)
      const found = [...missing, ...differences(expectedOf(wanted), understood, wanted, family)]
      const detail = admitted ? undefined : 'it has files, though its company would keep it out'
      if (found.length === 0 && detail === undefined) return told('ok', { understood })
      return told('wrong', { understood, differences: found, ...(detail === undefined ? {} : { detail }) })
    } catch (error) {
      if (signal.aborted || tally.unreachable === undefined) throw error
      return told('unreachable', { detail: tally.unreachable })
    } finally {
      visit.close()
    }
  }

  return {
    hardware,
    get wanted() {
      return wanted
    },
    boot,
    expect(now) {
      wanted = now
    },
    reset() {
      memory.account = undefined
      memory.kept.clear()
      override = false
    },
    change() {
      override = true
    },
  }
}
