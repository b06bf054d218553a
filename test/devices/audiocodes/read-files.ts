/** Readers of the vendor's formats, written from their description and not from what writes them. */

/** `key=value` lines; fails on a line that is none, and on a key that comes twice. */
export function readCfg(text: string): Map<string, string> {
  const values = new Map<string, string>()
  for (const line of text.split(/\r\n|[\r\n\u2028\u2029\u0085\v\f]/)) {
    if (line === '' || /^[;#]/.test(line)) continue
    const equals = line.indexOf('=')
    const name = line.slice(0, equals)
    if (equals < 1 || /\s/.test(name)) throw new Error(`not a parameter: ${line}`)
    if (values.has(name)) throw new Error(`${name} comes twice`)
    values.set(name, line.slice(equals + 1))
  }
  return values
}

export interface IniTable {
  readonly columns: readonly string[]
  readonly rows: ReadonlyMap<number, readonly string[]>
}

export interface Ini {
  /** By lower-case name. */
  readonly values: ReadonlyMap<string, string>
  readonly tables: ReadonlyMap<string, IniTable>
}

/** A gateway's ini: comments are cut first, then section heads, tables and values are told apart. */
export function readIni(text: string): Ini {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const values = new Map<string, string>()
  const tables = new Map<string, IniTable>()
  let open: { name: string; columns: string[]; rows: Map<number, readonly string[]> } | undefined
  for (const line of text.split(/\r\n|[\r\n]/)) {
    const row = /^(\w+) (\d+) = (.*);$/.exec(line)
    const format = /^FORMAT (\w+)_Index = (.*);$/.exec(line)
    const head = /^\[ ?(\\?)(.+?) ?\]$/.exec(line)
    if (line === '' || line.startsWith(';')) continue
    if (format) {
      if (!open || open.name !== format[1]) throw new Error(`a format outside its table: ${line}`)
      open.columns.push(...(format[2] ?? '').split(', '))
    } else if (row) {
      if (!open || open.name !== row[1]) throw new Error(`a row outside its table: ${line}`)
      const cells = (row[3] ?? '').split(',').map((cell) => cell.trim())
      if (/[;'"]/.test(row[3] ?? '')) throw new Error(`a cell ends the row: ${line}`)
      if (cells.length !== open.columns.length) throw new Error(`not as many cells as columns: ${line}`)
      if (open.rows.has(Number(row[2]))) throw new Error(`the row comes twice: ${line}`)
      open.rows.set(Number(row[2]), cells)
    } else if (head?.[1]) {
      if (!open || open.name !== head[2]) throw new Error(`closes what is not open: ${line}`)
      tables.set(open.name, open)
      open = undefined
    } else if (head) {
      if (open) throw new Error(`the table ${open.name} is never closed`)
      open = / Params$/.test(head[2] ?? '')
        ? undefined
        : { name: head[2] ?? '', columns: [], rows: new Map() }
    } else {
      const value = /^(\w+) = ([^;]*)$/.exec(line)
      if (!value || open) throw new Error(`not a parameter: ${line}`)
      const name = (value[1] ?? '').toLowerCase()
      if (values.has(name)) throw new Error(`${name} comes twice`)
      values.set(name, value[2] ?? '')
    }
  }
  return { values, tables }
}

/** OpenRG's nested parentheses, back to paths. */
export function readTree(text: string): Map<string, string> {
  const values = new Map<string, string>()
  let at = 0
  const node = (path: readonly string[]): void => {
    if (text[at] !== '(') throw new Error(`an opening parenthesis is missing at ${at}`)
    at++
    const from = at
    while (at < text.length && text[at] !== '(' && text[at] !== ')') at++
    const name = text.slice(from, at)
    if (text[at] === ')') values.set(path.join('/'), name)
    else while (text[at] === '(') node([...path, name])
    if (text[at] !== ')') throw new Error(`a closing parenthesis is missing at ${at}`)
    at++
  }
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) at++
    else node([])
  }
  return values
}
