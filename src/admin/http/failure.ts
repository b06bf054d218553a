import type { Problem } from '../../domain/problem.ts'

/** An end that was foreseen, as the API tells it: a stable code, what is wrong, what would be right. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly status: number
  readonly code: string
  readonly remedy: string
  readonly problems: readonly Problem[]
  readonly headers: Readonly<Record<string, string>>
  /** More that a program may want: what the other has changed, what would be lost. */
  readonly more: Readonly<Record<string, unknown>>

  constructor(
    status: number,
    code: string,
    message: string,
    remedy: string,
    extra: {
      readonly problems?: readonly Problem[]
      readonly headers?: Readonly<Record<string, string>>
      readonly more?: Readonly<Record<string, unknown>>
    } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.remedy = remedy
    this.problems = extra.problems ?? []
    this.headers = extra.headers ?? {}
    this.more = extra.more ?? {}
  }
}

/** The same for what is not there and for what somebody may not see. */
export function nothingThere(): ApiFailure {
  return new ApiFailure(404, 'not-found', 'there is nothing here', 'look at /api/v1/openapi.json')
}

/** What the other rooms throw, by the codes that mean something else than "your input cannot be used". */
const statuses: Readonly<Record<string, number>> = {
  'line-unknown': 404,
  'device-unknown': 404,
  'company-unknown': 404,
  'deletion-unknown': 409,
  'company-in-use': 409,
  'name-taken': 409,
  'fleet-moved': 409,
  'store-conflict': 409,
  'store-busy': 503,
  'store-unreachable': 503,
  'store-full': 507,
  'store-read-only': 503,
  'store-corrupt': 503,
  'store-in-use': 503,
}

/** RFC 9457, with what people need besides. */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly remedy: string
  readonly problems?: readonly Problem[]
  readonly requestId: string
}

export interface ToldFailure {
  readonly document: ProblemDocument
  readonly headers: Readonly<Record<string, string>>
  /** Nobody foresaw it: it belongs into the log, and none of it into the answer. */
  readonly unexpected: boolean
}

export function tell(error: unknown, requestId: string): ToldFailure {
  const failure = asFailure(error)
  const { status, code, message, remedy, problems, headers, more } = failure ?? unforeseen
  return {
    document: {
      type: `urn:bootline:problem:${code}`,
      title: code.replaceAll('-', ' '),
      status,
      code,
      detail: message,
      remedy,
      ...(problems.length > 0 ? { problems } : {}),
      ...more,
      requestId,
    },
    headers,
    unexpected: failure === undefined,
  }
}

const unforeseen = new ApiFailure(
  500,
  'unexpected',
  'something went wrong on the server',
  'try again; the log of the server says more under this requestId',
)

function asFailure(error: unknown): ApiFailure | undefined {
  if (error instanceof ApiFailure) return error
  if (!(error instanceof Error) || !('code' in error) || !('remedy' in error)) return undefined
  const { code, remedy } = error
  if (typeof code !== 'string' || typeof remedy !== 'string') return undefined
  const problems = 'problems' in error && Array.isArray(error.problems) ? (error.problems as Problem[]) : []
  const status = statuses[code] ?? (code.startsWith('store-') ? 503 : 422)
  return new ApiFailure(status, code, error.message, remedy, { problems })
}
