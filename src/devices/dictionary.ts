/**
 * The names a vendor's devices know, each with where we learnt it. What Bootline emits must be in here (a test walks
 * every model and feature), and an operator's extra parameter that is not gets a warning.
 */
export interface Dictionary {
  has(name: string): boolean
  source(name: string): string | undefined
  /** All names as written in the dictionary, `{n}` standing for a number. */
  readonly names: readonly string[]
}

/** Builds a dictionary from `name → source`; `{n}` in a name stands for any number. Fails on a duplicate. */
export function dictionary(entries: readonly (readonly [name: string, source: string])[]): Dictionary {
  const exact = new Map<string, string>()
  const patterns: { pattern: RegExp; source: string }[] = []
  const names = new Set<string>()
  for (const [name, source] of entries) {
    if (names.has(name)) throw new Error(`the dictionary names ${name} twice`)
    names.add(name)
    if (name.includes('{n}')) patterns.push({ pattern: numbered(name), source })
    else exact.set(name, source)
  }
  const source = (name: string) =>
    exact.get(name) ?? patterns.find((entry) => entry.pattern.test(name))?.source
  return { has: (name) => source(name) !== undefined, source, names: [...names] }
}

function numbered(name: string): RegExp {
  const literal = name.split('{n}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('\\d+')}$`)
}
