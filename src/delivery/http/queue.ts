import type { Socket } from 'node:net'

/** So many handshakes take a tenth of a second where each costs most: what has begun is not kept waiting for longer. */
const BEGUN_AT_ONCE = 32

/** No client says more before it is answered. */
const LONGEST_GREETING = 32 * 1024

/**
 * Begins with connections in the order they greeted, some of them in each turn of the event loop. When a whole site comes
 * back, those that came first are served while the others wait; begun all at once, each would wait for all handshakes, and
 * the server would run so late that it puts off the requests of devices whose handshakes it has already paid for. Who
 * leaves meanwhile costs no handshake, and who is `silent` for `patience` milliseconds is let go.
 */
export function inOrder(
  begin: (socket: Socket) => void,
  patience: number,
  silent: () => void,
): (socket: Socket) => void {
  let waiting: (() => void)[] = []

  function turn(): void {
    const first = waiting.slice(0, BEGUN_AT_ONCE)
    waiting = waiting.slice(BEGUN_AT_ONCE)
    for (const start of first) start()
    if (waiting.length > 0) setImmediate(turn)
  }

  return (socket) => {
    const heard: Buffer[] = []
    let length = 0

    function hear(piece: Buffer): void {
      heard.push(piece)
      length += piece.length
      if (length > LONGEST_GREETING) leave()
      if (heard.length > 1 || socket.destroyed) return
      socket.setTimeout(0)
      waiting.push(start)
      if (waiting.length === 1) setImmediate(turn)
    }
    function start(): void {
      if (socket.destroyed) return
      socket.off('data', hear).off('end', leave).off('timeout', giveUp).off('error', leave)
      socket.pause()
      socket.unshift(Buffer.concat(heard))
      begin(socket)
    }
    function leave(): void {
      socket.destroy()
    }
    function giveUp(): void {
      silent()
      leave()
    }
    socket.setTimeout(patience)
    socket.on('data', hear).on('end', leave).on('timeout', giveUp).on('error', leave)
  }
}
