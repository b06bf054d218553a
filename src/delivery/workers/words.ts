import type { GuardedRefusal, GuardMark } from '../access/guard.ts'
import type { WindowChange } from '../windows.ts'
import type { Happening } from './happenings.ts'

/** What the processes that serve the same devices tell each other, so that each decides as the others would. */
export type News =
  | ({ readonly what: 'window' } & WindowChange)
  /** A count of a nonce was used. */
  | { readonly what: 'nonce'; readonly nonce: string; readonly count: number }
  /** What is held against whom. */
  | { readonly what: 'marks'; readonly marks: readonly GuardMark[] }
  | { readonly what: 'forgiven'; readonly source: string }
  /** The fleet has changed. */
  | { readonly what: 'look' }
  | { readonly what: 'forgotten'; readonly macs: readonly string[] }
  | { readonly what: 'certificates' }
  | { readonly what: 'tickets'; readonly ticketKeys: string }

/** What a worker is given at its start, over the channel to the process that began it and in no other way. */
export interface Beginning {
  readonly worker: number
  /** In base64, as all bytes here. */
  readonly ticketKeys: string
  readonly nonceKey: string
  readonly marks: readonly GuardMark[]
}

export type ToWorker =
  | ({ readonly say: 'begin' } & Beginning)
  | { readonly say: 'news'; readonly news: readonly News[] }
  | { readonly say: 'stop' }

/** Why a worker does not serve, as the command line would tell it. */
export interface WorkerFault {
  readonly code: string
  readonly message: string
  readonly remedy: string
}

export type FromWorker =
  /** It hears now what it is told; what came before was not heard. */
  | { readonly say: 'awake' }
  | { readonly say: 'listening'; readonly addresses: Readonly<Record<string, string>> }
  | ({ readonly say: 'failed' } & WorkerFault)
  /** In the order they happened; `lost` more were too many to be told. */
  | { readonly say: 'happened'; readonly happenings: readonly Told[]; readonly lost: number }

/** What a worker tells of what happens at it. */
export type Told =
  | Happening
  | ({ readonly what: 'suspect'; readonly now: number } & GuardedRefusal)
  | Extract<News, { readonly what: 'window' | 'nonce' }>
  | {
      readonly what: 'delivered'
      readonly transport: Happening['asked']['transport']
      readonly seconds: number
    }
  | { readonly what: 'rendered'; readonly seconds: number }
  | {
      readonly what: 'handshake'
      readonly listener: Happening['asked']['transport']
      readonly outcome: 'full' | 'resumed' | 'failed'
    }
