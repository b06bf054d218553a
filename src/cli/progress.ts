import type { Output } from './world.ts'

/** How far a long step is. */
export interface Progress {
  at(done: number, total?: number): void
  /** Takes the line away again; what came of it is the verb's to say. */
  end(): void
}

const onTerminal = 100
const elsewhere = 5000

/** One line that overwrites itself on a terminal, a line every few seconds in a log, nothing at all without an output. */
export function progressOn(output: Output | undefined, what: string, now: () => number = Date.now): Progress {
  if (!output) return { at: () => {}, end: () => {} }
  const terminal = output.isTTY === true
  const pause = terminal ? onTerminal : elsewhere
  // A log hears nothing of what is over before the first pause is.
  let last = terminal ? Number.NEGATIVE_INFINITY : now()
  let drawn = false
  return {
    at(done, total) {
      if (now() - last < pause) return
      last = now()
      drawn = true
      const text = `${what} ${total === undefined ? done : `${done} of ${total}`}`
      output.write(terminal ? `\r${text}\u001b[K` : `${text}\n`)
    },
    end() {
      if (terminal && drawn) output.write('\r\u001b[K')
      drawn = false
    },
  }
}
