/** One parameter and its value, as it will stand in a file. */
export interface Setting {
  readonly name: string
  readonly value: string
}

/** A part of a file that belongs together, by the name a template knows it under. */
export type Sections = Readonly<Record<string, readonly Setting[]>>

/** How a format tells two parameters apart: a gateway's ini file ignores case, a phone's does not. */
export interface NameRule {
  readonly wellFormed: RegExp
  readonly ignoresCase: boolean
}

export const pathNames: NameRule = { wellFormed: /^\w+(?:[/.-]\w+)*$/, ignoresCase: false }
export const iniNames: NameRule = { wellFormed: /^[A-Za-z]\w*$/, ignoresCase: true }

export function set(name: string, value: string | number | boolean): Setting {
  return { name, value: typeof value === 'boolean' ? String(Number(value)) : String(value) }
}

/**
 * Lays the operator's parameters over ours: a name of ours takes the operator's value where it stands, every other goes
 * to the section `extra`. A name then stands in the file once, so that no device has to choose between two values. A
 * name the format cannot write (it would become something else: a comment, a table, an include) is left out.
 */
export function withParameters<S extends Sections>(
  sections: S,
  parameters: readonly (readonly [name: string, value: string])[],
  rule: NameRule,
): { readonly [K in keyof S]: readonly Setting[] } & { readonly extra: readonly Setting[] } {
  const keyOf = (name: string) => (rule.ignoresCase ? name.toLowerCase() : name)
  const wanted = new Map<string, Setting>()
  for (const [name, value] of parameters) {
    if (rule.wellFormed.test(name)) wanted.set(keyOf(name), { name, value })
  }
  const laid: Record<string, readonly Setting[]> = {}
  for (const [section, settings] of Object.entries(sections)) {
    laid[section] = settings.map((ours) => {
      const theirs = wanted.get(keyOf(ours.name))
      wanted.delete(keyOf(ours.name))
      return theirs ? { name: ours.name, value: theirs.value } : ours
    })
  }
  return { ...(laid as { [K in keyof S]: readonly Setting[] }), extra: [...wanted.values()] }
}
