/** Where in the input a fault stands: `companies[0].lines[3].keys.supervision[2]`. */
export type Path = string

export interface Problem {
  /** Stable: programs and translations depend on it. */
  readonly code: ProblemCode
  readonly severity: 'error' | 'warning'
  readonly path: Path
  readonly wrong: string
  readonly right: string
}
