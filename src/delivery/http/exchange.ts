import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Answer, Outcome, PresentedCertificate } from '../plane.ts'
import type { HttpLog } from './log.ts'

/** What carries a device's requests, one after the other. */
export interface Connection {
  readonly socket: Socket
  /** The peer's address, canonical. */
  readonly address: string
  /** What the peer says of where a request came from is believed. */
  readonly proxy: boolean
  /** Begun and not answered to the end, in their order. */
  readonly exchanges: Exchange[]
  certificate: PresentedCertificate | 'none' | undefined
  /** What the plane has already said to the request that comes next. */
  answer: Answer | Promise<Answer> | undefined
  /** To be called when an answer has been written to its end. */
  readonly finishOldest: () => void
  /** What had been moved, and since when no more has. */
  moved: number
  still: number
  readonly told: Told
}

/** Who hears how exchanges end: the same for all connections of a listener. */
export interface Told {
  readonly log: HttpLog
  /** Seconds from a request's head to its answer's last byte. */
  readonly delivered: (seconds: number) => void
}

/** One request and its answer, from the request's head to the answer's last byte. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly connection: Connection
  readonly began: number
  /** The client waits to be told to send its body. */
  readonly expectsContinue: boolean
  delivery: Delivery | undefined
  /** Nothing more can reach the client. */
  over: boolean
  /** Told once when the connection ends before the answer did. */
  onCut: (() => void) | undefined
}

/** What of a file is on its way, and who wants to know how it went. */
export interface Delivery {
  readonly file: { done(outcome: Outcome): void }
  readonly status: number
  /** What the connection has taken so far. */
  bytes: number
  /** The file's bytes that go with the answer's end, or that are sent by then. */
  readonly expected: number
  /** The device holds the whole file when this answer has reached it. */
  readonly whole: boolean
}

export function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
  expectsContinue: boolean,
): Exchange {
  const exchange: Exchange = {
    request,
    response,
    connection,
    began: performance.now(),
    expectsContinue,
    delivery: undefined,
    over: connection.socket.destroyed,
    onCut: undefined,
  }
  connection.exchanges.push(exchange)
  response.on('finish', connection.finishOldest)
  return exchange
}

/** An answer has been written to its end. Answers of one connection end in the order of their requests. */
export function finishOldest({ exchanges, socket }: Connection): void {
  const exchange = exchanges.shift()
  // Node says "finish" also of an answer whose last write has failed: the connection is destroyed by then.
  if (exchange !== undefined) end(exchange, !socket.destroyed)
}

/** The connection is gone, and with it all that was not yet answered. */
export function cutExchanges({ exchanges }: Connection): void {
  for (const exchange of exchanges.splice(0)) end(exchange, false)
}

function end(exchange: Exchange, reached: boolean): void {
  exchange.over = true
  settle(exchange, reached)
  const { onCut } = exchange
  exchange.onCut = undefined
  if (!reached) onCut?.()
}

/** Announces what is being delivered; from here on its outcome is told, once, whatever happens. */
export function deliver(exchange: Exchange, delivery: Delivery): void {
  exchange.delivery = delivery
  if (exchange.over) settle(exchange, false)
}

export function settle(exchange: Exchange, reached: boolean): void {
  const { delivery } = exchange
  if (delivery === undefined) return
  exchange.delivery = undefined
  const { told } = exchange.connection
  const { file, status, whole } = delivery
  if (reached) told.delivered((performance.now() - exchange.began) / 1000)
  const bytes = reached ? delivery.expected : delivery.bytes
  note(told, file, { status, bytes, complete: reached && whole })
}

export function note({ log }: Told, file: Delivery['file'], outcome: Outcome): void {
  try {
    file.done(outcome)
  } catch (error) {
    log.error({ err: error }, 'what a device has fetched could not be noted')
  }
}
