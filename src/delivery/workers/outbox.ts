/** More than this are not kept when nobody takes them: devices are served all the same. */
const most = 50_000

/** So many go in one piece: whoever hears them does other work between two. */
const atOnce = 200

/** Hands over what happens, together what came while the last piece was on its way. */
export interface Outbox<T> {
  put(one: T): void
  /** Resolves when all that was put has gone. */
  emptied(): Promise<void>
}

/** `send` calls back when the piece is gone; until then nothing more is sent, so that what waits is bounded here. */
export function createOutbox<T>(
  send: (some: readonly T[], lost: number, gone: () => void) => void,
): Outbox<T> {
  let waiting: T[] = []
  let lost = 0
  let busy = false
  let listeners: (() => void)[] = []

  function turn(): void {
    if (waiting.length === 0) {
      busy = false
      for (const listener of listeners) listener()
      listeners = []
      return
    }
    const some = waiting.slice(0, atOnce)
    waiting = waiting.slice(atOnce)
    const dropped = lost
    lost = 0
    send(some, dropped, turn)
  }

  return {
    put(one) {
      if (waiting.length >= most) lost++
      else waiting.push(one)
      if (busy) return
      busy = true
      setImmediate(turn)
    },
    emptied: () => (busy ? new Promise((resolve) => listeners.push(resolve)) : Promise.resolve()),
  }
}
