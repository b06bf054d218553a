import { busy, conflict, full, StoreError } from './errors.ts'

/** What PostgreSQL answers, by the beginning of its code, and what it means here. */
const answers: readonly (readonly [RegExp, (cause: unknown) => StoreError])[] = [
  [/^(55P03|40001|40P01|57014)$/, busy],
  [/^53100$/, (cause) => full('the database server', cause)],
  [/^25006$/, (cause) => unreachable('it only reads, as one does that stands by for another', cause)],
  [/^23/, (cause) => conflict('a number, address or account is taken by now', cause)],
  [/^(08|53|57)/, (cause) => unreachable('it ends connections, or has none left', cause)],
  [/^(28|3D|3F|42501)/, (cause) => unreachable('it does not let Bootline in', cause)],
]

/** What has no severity was not said by the server: the way there is broken. */
export function serverError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if ('severity' in error) return answers.find(([codes]) => codes.test(code))?.[1](error) ?? error
  return unreachable(code === '' ? 'the connection is lost' : `the connection fails (${code})`, error)
}

/** Said by the server, which goes on listening; anything else is about the connection. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && error.severity === 'ERROR'
}

function unreachable(why: string, cause: unknown): StoreError {
  return new StoreError(
    'store-unreachable',
    `the database server does not do what it is asked: ${why}`,
    'see that PostgreSQL runs, and that BOOTLINE_DATABASE_URL leads to it; devices are served meanwhile as before',
    cause,
  )
}
