import type { Problem } from '../domain/problem.ts'

/** Why people, or what they may, cannot be changed so; it never holds a secret. */
export class PeopleFailure extends Error {
  override readonly name = 'PeopleFailure'
  readonly code: string
  readonly remedy: string
  readonly problems: readonly Problem[]

  constructor(code: string, message: string, remedy: string, problems: readonly Problem[] = []) {
    super(message)
    this.code = code
    this.remedy = remedy
    this.problems = problems
  }
}

/** All faults of what was given, together. */
export function refuseScope(problems: readonly Problem[]): void {
  if (problems.length === 0) return
  throw new PeopleFailure(
    'scope-refused',
    'this is not what somebody may be given: nothing was changed',
    'correct what is named and try again',
    problems,
  )
}

export function unknownPerson(): PeopleFailure {
  return new PeopleFailure('person-unknown', 'there is no such person', 'look at the list of people')
}
