import { hasErrors, type Problem } from '../domain/problem.ts'

/** A whole input that cannot be used, before any field of it can be looked at. */
export class FleetFailure extends Error {
  readonly code: string
  readonly remedy: string
  readonly problems: readonly Problem[]

  constructor(code: string, message: string, remedy: string, problems: readonly Problem[] = []) {
    super(message)
    this.name = 'FleetFailure'
    this.code = code
    this.remedy = remedy
    this.problems = problems
  }
}

/** Stops when any rule is broken; the failure carries all faults, not the first. */
export function refuseFaults(problems: readonly Problem[]): void {
  if (!hasErrors(problems)) return
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const count = errors === 1 ? 'one fault' : `${errors} faults`
  throw new FleetFailure(
    'fleet-refused',
    `${count}: nothing was changed`,
    'correct what is named and try again',
    problems,
  )
}
