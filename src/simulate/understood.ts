import type { Transport } from '../domain/intent.ts'

/**
 * What a phone would be with the files it has: read by readers of its own, in the words of nobody's format. What a
 * family's files do not say is absent, and nothing is expected of it.
 */
export interface Understood {
  readonly lines: readonly UnderstoodLine[]
  /** Whatever is not empty, ascending by place. */
  readonly keys: readonly UnderstoodKey[]
  readonly codes: {
    readonly directedPickup?: string
    readonly groupPickup?: string
    readonly voicemail?: string
  }
  /** What a supervision key does during a call: it holds the call, or passes it on. */
  readonly duringCall?: 'hold' | 'pass'
  readonly clock?: { readonly offsetMinutes: number; readonly summerTime?: boolean }
  readonly language?: string
  /** What it signs in with from now on. */
  readonly account?: Account
  /** What it could not make sense of. */
  readonly faults: readonly string[]
}

export interface Account {
  readonly user: string
  readonly password: string
}

export interface UnderstoodLine {
  /** Handset of a base, socket of an adapter, 1 on a phone. */
  readonly port: number
  readonly name?: string
  readonly user: string
  readonly authUser: string
  readonly password: string
  readonly domain: string
  /** The first hop: the proxy where there is one. */
  readonly via: string
  readonly viaPort: number
  readonly transport: Transport | 'unknown'
  readonly use?: 'fax' | 'phone'
}

export interface UnderstoodKey {
  /** 1 is the first physical key; modules go on counting. */
  readonly place: number
  readonly kind: 'line' | 'supervision' | 'dial' | 'other'
  readonly label: string
  /** What it watches, or else dials; a line's own key has none. */
  readonly target?: string
  /** What a supervision key dials at rest, where that is said apart. */
  readonly dials?: string
  /** The code that takes a watched call, where each key has its own. */
  readonly pickup?: string
}

/** Settings by name, as most families keep them. */
export type Values = ReadonlyMap<string, string>

/** The port a transport is known by: what 0 or nothing stands for. */
export function portOr(text: string | undefined, transport: Transport | 'unknown'): number {
  return Number(text ?? 0) || (transport === 'tls' ? 5061 : 5060)
}
