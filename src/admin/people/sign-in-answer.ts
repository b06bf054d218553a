import type { Request, RequestHandler, Response } from 'express'
import type { ZodType } from 'zod'
import type { Locale } from '../../domain/intent.ts'
import { fail, type Locals, type Report } from '../http/api.ts'
import { ApiFailure, type ProblemDocument, tell } from '../http/failure.ts'
import { refuseOtherSites } from './cross-site.ts'
import { type Door, sessionOf, type Visitor, visitorOf } from './door.ts'
import { isForm, readSent, type Sent } from './form.ts'
import type { SignInPages } from './pages.ts'
import type { Provider } from './provider.ts'
import { chosenLocale, localeCookie, readerLocale } from './reader.ts'
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
  readonly locale: Locale
  /** What was typed, for the page that is shown again: neither passwords nor codes. */
  readonly typed: Record<string, string>
}

/** The page that is shown when something fails, where a person looks on. */
type Again = (asked: Asked, fault: ProblemDocument) => Promise<string>

/** Does what is asked; a failure is a problem document to a program, and a page with the same status to a person. */
export function answering(
  { door, report }: SignInParts,
  work: (asked: Asked) => Promise<void>,
  again?: Again,
): RequestHandler {
  return async (request, response) => {
    const { from, requestId } = response.locals as Locals
    const visitor = visitorOf(request, from, door)
    const chosen = chosenLocale(request.query)
    const asked = { request, response, visitor, locale: readerLocale(request, chosen), typed: {} }
    response.setHeader('Cache-Control', 'no-store')
    if (chosen) response.appendHeader('Set-Cookie', localeCookie(chosen, visitor.secure))
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
      response
        .status(document.status)
        .type('html')
        .send(await again(asked, document))
    }
  }
}

export function wantsPage({ headers }: Request): boolean {
  return /\btext\/html\b/.test(headers.accept ?? '')
}

/** What was sent, once it is known not to come from a page of another site. */
export async function received<T extends object>(
  { request, typed }: Asked,
  door: Door,
  schema: ZodType<T>,
): Promise<Sent<T>> {
  refuseOtherSites(request, door.adminUrl)
  const sent = await readSent(request, schema)
  const shown = Object.entries(sent.fields).filter(([name]) => name === 'email' || name === 'name')
  Object.assign(typed, Object.fromEntries(shown))
  return sent
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
