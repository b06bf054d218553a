/** What an operation that lists something answers: a page of it, and what the next one comes after. */
export interface Listed<T> {
  readonly items: readonly T[]
  readonly next?: string | undefined
}
