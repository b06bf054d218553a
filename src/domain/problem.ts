/** Where in the input a fault stands: `companies[0].lines[3].keys.supervision[2]`. */
export type Path = string

export interface Problem {
  /** Stable, in kebab case: programs and translations depend on it. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly path: Path
  readonly wrong: string
  readonly right: string
}
