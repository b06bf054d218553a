/** What becomes of a line of a text: it stays, goes or comes. */
export interface LineEdit {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** How one text becomes the other, line by line. Files of thousands of lines differ in a few: their ends are set aside first. */
export function lineEdits(was: readonly string[], is: readonly string[]): readonly LineEdit[] {
  let head = 0
  while (head < was.length && head < is.length && was[head] === is[head]) head++
  let tail = 0
  while (tail < was.length - head && tail < is.length - head && was.at(-1 - tail) === is.at(-1 - tail)) tail++
  return [
    ...was.slice(0, head).map(stays),
    ...between(was.slice(head, was.length - tail), is.slice(head, is.length - tail)),
    ...was.slice(was.length - tail).map(stays),
  ]
}

const stays = (text: string): LineEdit => ({ sign: ' ', text })
const goes = (text: string): LineEdit => ({ sign: '-', text })
const comes = (text: string): LineEdit => ({ sign: '+', text })

/** More cells than this are not worth their time: then all of the one goes and all of the other comes. */
const mostCells = 4_000_000

function between(was: readonly string[], is: readonly string[]): readonly LineEdit[] {
  if (was.length * is.length > mostCells) return [...was.map(goes), ...is.map(comes)]
  const width = is.length + 1
  /** How many lines the rests from here on have in common. */
  const common = new Uint32Array((was.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = was.length - 1; i >= 0; i--) {
    for (let j = is.length - 1; j >= 0; j--) {
      common[i * width + j] = was[i] === is[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const edits: LineEdit[] = []
  let [i, j] = [0, 0]
  while (i < was.length || j < is.length) {
    if (i < was.length && j < is.length && was[i] === is[j]) {
      edits.push(stays(was[i++] ?? ''))
      j++
    } else if (i < was.length && (j === is.length || at(i + 1, j) >= at(i, j + 1))) {
      edits.push(goes(was[i++] ?? ''))
    } else {
      edits.push(comes(is[j++] ?? ''))
    }
  }
  return edits
}
