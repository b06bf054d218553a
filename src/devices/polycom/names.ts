/** Names with where we learnt them; `{n}` stands for a number. */
export type Names = readonly (readonly [name: string, source: string])[]

/** Names that one source tells, separated by white space. */
export function from(source: string, names: string): Names {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => [name, source] as const)
}
