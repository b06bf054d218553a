import type { Request, RequestHandler, Response } from 'express'
import type { ZodType } from 'zod'
import { fail, type Locals, type Report } from '../http/api.ts'
import { ApiFailure, tell } from '../http/failure.ts'
import { refuseOtherSites } from './cross-site.ts'
import { type Door, sessionOf, type Visitor, visitorOf } from './door.ts'
import { isForm, readSent, type Sent } from './form.ts'
import type { ShownFault, SignInPages } from './pages.ts'
import type { Provider } from './provider.ts'
import type { Admitted } from './sign-in.ts'

export interface SignInParts {
  readonly door: Door
  /** Absent: people sign in with passwords only. */
  readonly provider?: Provider
  readonly pages: SignInPages
  /** Where people come out who were on the way to nowhere else. */
  readonly landing: string
  readonly report: Report
}

/** A request at the door. */
export interface Asked {
  readonly request: Request
  readonly response: Response
  readonly visitor: Visitor
}

/** The page that is shown when something fails, where a person looks on. */
type Again = (asked: Asked, fault: ShownFault) => Promise<string>

/** Does what is asked; a failure is a problem document to a program, and a page with the same status to a person. */
export function answering(
  { door, report }: SignInParts,
  work: (asked: Asked) => Promise<void>,
  again?: Again,
): RequestHandler {
  return async (request, response) => {
    const { from, requestId } = response.locals as Locals
    const asked = { request, response, visitor: visitorOf(request, from, door) }
    response.setHeader('Cache-Control', 'no-store')
    try {
      await work(asked)
    } catch (error) {
      if (error instanceof ApiFailure && error.cause !== undefined) report(error.cause, requestId)
      if (!again || !(isForm(request) || wantsPage(request))) {
        fail(error, response, report)
        return
      }
      const { document, headers, unexpected } = tell(error, requestId)
      if (unexpected) report(error, requestId)
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      const [first] = document.problems ?? []
      const fault = { wrong: first?.wrong ?? document.detail, right: first?.right ?? document.remedy }
      response
        .status(document.status)
        .type('html')
        .send(await again(asked, fault))
    }
  }
}

export function wantsPage({ headers }: Request): boolean {
  return /\btext\/html\b/.test(headers.accept ?? '')
}

/** What was sent, once it is known not to come from a page of another site. */
export async function received<T>({ request }: Asked, door: Door, fields: ZodType<T>): Promise<Sent<T>> {
  refuseOtherSites(request, door.adminUrl)
  return readSent(request, fields)
}

/** Somebody is let in, or asked for a code. The session his browser had before is over. */
export async function letThrough(
  asked: Asked,
  { door, landing }: SignInParts,
  next: string,
  { person, stage, cookies }: Admitted,
): Promise<void> {
  const { request, response, visitor } = asked
  const former = await sessionOf(door, request.headers, visitor.secure)
  if (former) await door.people.sessions.end(former.person.id, former.session.id)
  for (const cookie of cookies) response.appendHeader('Set-Cookie', cookie)
  const isWhole = stage === 'whole'
  if (isForm(request) || request.method === 'GET') {
    const query = next ? `?next=${encodeURIComponent(next)}` : ''
    response.redirect(303, isWhole ? next || landing : `/sign-in/code${query}`)
    return
  }
  const { email, name, role, locale } = person
  response.json(
    isWhole ? { signedIn: true, person: { email, name, role, locale } } : { signedIn: false, awaits: 'code' },
  )
}
