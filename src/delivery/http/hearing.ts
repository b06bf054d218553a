import type { Server } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { answerExpectation, answerRequest, type Desk } from './handler.ts'
import { keepInLane } from './lane.ts'
import { answerMalformed, answerTunnel } from './malformed.ts'
import { inOrder } from './queue.ts'

/** Attends to all that a server tells of: requests, connections and what came instead of a request. */
export function hear(server: Server | SecureServer, desk: Desk): void {
  const { connections, overload, log, transport, measures } = desk
  server.on('request', (request, response) => answerRequest(desk, request, response, false))
  server.on('checkContinue', (request, response) => answerRequest(desk, request, response, true))
  server.on('checkExpectation', (request, response) => answerExpectation(desk, request, response))
  server.on('connect', (_request, socket) => answerTunnel(socket))

  const toNode = nodesOwn(server, 'connection')
  const start =
    transport === 'http'
      ? (socket: Socket) => begin(desk, socket, toNode)
      : inOrder(toNode, desk.limits.handshakeTime, () => failed(new Error('the client said nothing')))
  server.on('connection', (socket: Socket) => {
    if (connections.admit(socket)) start(socket)
    else overload.note('connections')
  })
  server.on('drop', () => overload.note('connections'))
  server.on('secureConnection', (socket: TLSSocket) => {
    measures.handshake(transport, socket.isSessionReused() ? 'resumed' : 'full')
    if (desk.closing) socket.destroy()
    else connections.of(socket)
  })
  // It says more of the client than of this server, and the network is full of them.
  const failed = (error: Error): void => {
    measures.handshake(transport, 'failed')
    log.debug({ err: error, transport }, 'a TLS handshake failed')
  }
  server.removeAllListeners('tlsClientError')
  server.on('tlsClientError', (error: Error, socket: TLSSocket) => {
    failed(error)
    socket.destroy()
  })
  server.on('clientError', (error, socket) => {
    log.debug({ err: error, transport }, 'a request could not be read')
    answerMalformed(error, socket, isAnswering(desk, socket))
  })
}

/** What Node's server does with a connection, so that it can be done later. */
function nodesOwn(server: Server | SecureServer, event: 'connection'): (socket: Socket) => void {
  const listeners = server.listeners(event)
  server.removeAllListeners(event)
  return (socket) => {
    for (const listener of listeners) listener.call(server, socket)
  }
}

/** What a proxy brings has more to be read than is plain. */
function begin(desk: Desk, socket: Socket, toNode: (socket: Socket) => void): void {
  const connection = desk.connections.of(socket)
  if (connection.proxy) toNode(socket)
  else keepInLane(desk, connection, toNode)
}

function isAnswering({ connections }: Desk, socket: Duplex): boolean {
  const known = connections.find(socket)
  return known?.exchanges.some(({ response }) => response.headersSent) ?? false
}
