/** Where in the input a fault stands: `companies[0].lines[3].keys.supervision[2]`. */
export type Path = string

export interface Problem {
  /** Stable, in kebab case: programs and translations depend on it. Listed in docs/errors.md. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly path: Path
  readonly wrong: string
  readonly right: string
}

/** A fault that forbids the change. */
export function fault(code: string, path: Path, wrong: string, right: string): Problem {
  return { code, severity: 'error', path, wrong, right }
}

/** Something to look at that forbids nothing. */
export function caution(code: string, path: Path, wrong: string, right: string): Problem {
  return { code, severity: 'warning', path, wrong, right }
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}
