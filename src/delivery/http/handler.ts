import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Measures } from '../measures.ts'
import type { DevicePlane, DeviceRequest, DeviceTransport } from '../plane.ts'
import { sendAnswer } from './answer.ts'
import type { Connections } from './connections.ts'
import { type Exchange, openExchange, settle } from './exchange.ts'
import type { HttpLimits } from './limits.ts'
import type { HttpLog } from './log.ts'
import { requestedName } from './name.ts'
import type { Overload } from './overload.ts'
import {
  BAD_REQUEST,
  BUSY,
  EXPECTATION_FAILED,
  METHOD_NOT_ALLOWED,
  NOT_FOUND,
  plainRefusal,
} from './plain.ts'
import { refuse } from './refuse.ts'
import { deviceRequest } from './requests.ts'
import { takeUpload, type UploadRoom } from './uploads.ts'

export interface Desk {
  readonly plane: DevicePlane
  readonly transport: DeviceTransport
  readonly trustedProxies: readonly string[]
  readonly connections: Connections
  readonly limits: HttpLimits
  readonly room: UploadRoom
  readonly overload: Overload
  readonly log: HttpLog
  readonly measures: Measures
  closing: boolean
}

/** Answers one request, whatever becomes of it: nothing that goes wrong here leaves this function. */
export function answerRequest(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): void {
  const connection = desk.connections.of(request.socket)
  if (connection.exchanges.length >= desk.limits.requestsPerConnection) {
    request.socket.destroy()
    return
  }
  const exchange = openExchange(request, response, connection, expectsContinue)
  if (desk.closing) response.shouldKeepAlive = false
  try {
    const pending = handle(desk, exchange)
    if (pending !== undefined) pending.catch((error: unknown) => fail(desk, exchange, error))
  } catch (error) {
    fail(desk, exchange, error)
  }
}

function handle(desk: Desk, exchange: Exchange): void | Promise<void> {
  const { request } = exchange
  const { method, httpVersion, headers } = request
  const uploads = method === 'PUT' || method === 'POST'
  if (!uploads && method !== 'GET' && method !== 'HEAD') return refuse(exchange, METHOD_NOT_ALLOWED)
  if (headers.host === undefined && httpVersion === '1.1') return refuse(exchange, BAD_REQUEST)
  if (desk.overload.late() || desk.connections.crowded()) return shed(desk, exchange)
  const name = requestedName(request.url ?? '')
  if (name === undefined) return refuse(exchange, NOT_FOUND)
  const asked = deviceRequest(exchange, name, desk.transport, desk.trustedProxies)
  if (uploads) return put(desk, exchange, asked)
  const answer = exchange.connection.answer ?? desk.plane.get(asked)
  exchange.connection.answer = undefined
  // What is in memory is answered at once, without a turn of the event loop.
  return 'kind' in answer ? sendAnswer(exchange, answer) : answer.then((found) => sendAnswer(exchange, found))
}

async function put(desk: Desk, exchange: Exchange, asked: DeviceRequest): Promise<void> {
  const place = await desk.plane.put(asked)
  if (place.kind === 'upload') return takeUpload(exchange, place, desk.room)
  refuse(exchange, plainRefusal(place))
}

/** Before anything is asked of the plane. The connection goes too: there may be too many of them. */
function shed({ overload }: Desk, exchange: Exchange): void {
  overload.note('requests')
  exchange.response.shouldKeepAlive = false
  refuse(exchange, BUSY)
}

/** The client expects what no server here knows of. */
export function answerExpectation(desk: Desk, request: IncomingMessage, response: ServerResponse): void {
  refuse(openExchange(request, response, desk.connections.of(request.socket), true), EXPECTATION_FAILED)
}

function fail({ log, transport }: Desk, exchange: Exchange, error: unknown): void {
  const { response, connection, request } = exchange
  log.error({ err: error, transport, method: request.method }, 'a device could not be answered')
  settle(exchange, false)
  if (response.headersSent) connection.socket.destroy()
  else refuse(exchange, BUSY)
}
