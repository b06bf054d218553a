import type { Output } from './world.ts'

/** The lower end of a terminal, drawn over and over. */
export interface Screen {
  readonly columns: number
  readonly rows: number
  /** Puts these lines in place of those drawn before. */
  draw(lines: readonly string[]): void
}

const usual = { columns: 80, rows: 24 }

export function screenOn(output: Output): Screen {
  let drawn: readonly string[] = []
  return {
    get columns() {
      return output.columns ?? usual.columns
    },
    get rows() {
      return output.rows ?? usual.rows
    },
    draw(lines) {
      // A line that is too long would take two, and the next drawing would leave one behind.
      const cut = lines.map((line) => [...line].slice(0, this.columns).join(''))
      if (drawn.length > 0 && cut.join('\n') === drawn.join('\n')) return
      const back = drawn.length === 0 ? '' : `\u001b[${drawn.length}A`
      output.write(`${back}\r\u001b[J${cut.map((line) => `${line}\n`).join('')}`)
      drawn = cut
    },
  }
}
