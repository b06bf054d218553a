/** Reads a configuration as a phone would: written apart from the code that makes it, so that one checks the other. */
export interface Parsed {
  readonly header: string
  readonly entries: readonly (readonly [name: string, value: string])[]
  readonly values: ReadonlyMap<string, string>
}

export function parse(body: string): Parsed {
  const [header = '', ...lines] = body.split('\n')
  const entries: [string, string][] = []
  for (const line of lines) {
    if (line === '' || line[0] === '#') continue
    const at = line.indexOf('=')
    if (at < 1) throw new Error(`not a parameter: ${JSON.stringify(line)}`)
    entries.push([line.slice(0, at).trim(), unquote(line.slice(at + 1).trim())])
  }
  return { header, entries, values: new Map(entries) }
}

function unquote(value: string): string {
  const quoted = value.length >= 2 && value[0] === '"' && value[value.length - 1] === '"'
  return quoted ? value.slice(1, -1) : value
}

/** Names that stand more than once. */
export function repeated(parsed: Parsed): readonly string[] {
  const seen = new Set<string>()
  return parsed.entries.flatMap(([name]) => {
    if (seen.has(name)) return [name]
    seen.add(name)
    return []
  })
}
