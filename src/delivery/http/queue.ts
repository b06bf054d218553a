import type { Socket } from 'node:net'

/** So many handshakes take a tenth of a second where each costs most: what has begun is not kept waiting for longer. */
const BEGUN_AT_ONCE = 32

/**
 * Begins with connections in the order they came, some of them in each turn of the event loop. When a whole site comes
 * back, those that came first are served while the others wait; begun all at once, each would wait for all handshakes, and
 * the server would run so late that it puts off the requests of devices whose handshakes it has already paid for.
 */
export function inOrder(begin: (socket: Socket) => void): (socket: Socket) => void {
  let waiting: Socket[] = []

  function turn(): void {
    const first = waiting.slice(0, BEGUN_AT_ONCE)
    waiting = waiting.slice(BEGUN_AT_ONCE)
    for (const socket of first) {
      socket.off('error', nothing)
      if (!socket.destroyed) begin(socket)
    }
    if (waiting.length > 0) setImmediate(turn)
  }

  return (socket) => {
    // Whoever leaves while waiting is passed over when it would be its turn.
    socket.on('error', nothing)
    waiting.push(socket)
    if (waiting.length === 1) setImmediate(turn)
  }
}

const nothing = (): void => {}
