import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Place } from './path.ts'

/** What SIP servers and devices pass over: phones behind routers keep their way open with it. */
const KEEP_ALIVE = '\r\n\r\n'

/** By then a machine that says anything of a closed port has said it. */
const PATIENCE = 2000

/**
 * Asks whether a UDP port is closed, which the machine there may say of it (ICMP). Only a socket that is connected to
 * one place is told so, and the one socket for all places is not.
 */
export function soundPort({ address, port }: Place, ended: (isClosed: boolean) => void): void {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  let isOver = false
  const end = (isClosed: boolean): void => {
    if (isOver) return
    isOver = true
    clearTimeout(limit)
    socket.close()
    ended(isClosed)
  }
  const limit = setTimeout(end, PATIENCE, false)
  limit.unref()
  socket.on('error', (error) => end('code' in error && error.code === 'ECONNREFUSED'))
  socket.once('connect', () => socket.send(KEEP_ALIVE))
  socket.connect(port, address)
  socket.unref()
}
