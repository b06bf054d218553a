import type { Router } from 'express'
import { z } from 'zod'
import { ApiFailure, type ProblemDocument } from '../http/failure.ts'
import { cookieNames, cookieOf, writtenCookie } from './cookies.ts'
import { localPath } from './form.ts'
import type { Errand, Provider } from './provider.ts'
import { signInKnown } from './provider-sign-in.ts'
import { isSame } from './secrets.ts'
import { type Asked, answering, letThrough, type SignInParts } from './sign-in-answer.ts'

/** Who stays longer at the provider begins anew. */
const errandLife = 10 * 60_000

const errandFields = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
})

/** The way to the provider and back. What has to come back is kept by the very browser that was sent there. */
export function providerRoutes(router: Router, parts: SignInParts, provider: Provider): void {
  const { door, pages } = parts
  const sorry = async ({ locale }: Asked, fault: ProblemDocument): Promise<string> =>
    pages.sorry({ locale, fault })
  router.get(
    '/sign-in/oidc',
    answering(
      parts,
      async ({ request, response, visitor: { secure } }) => {
        const { url, errand } = await provider.begin(localPath(request.query.next))
        const kept = Buffer.from(JSON.stringify(errand)).toString('base64url')
        const cookie = { secure, httpOnly: true, life: errandLife }
        response.appendHeader('Set-Cookie', writtenCookie(cookieNames(secure).provider, kept, cookie))
        response.redirect(303, url.href)
      },
      sorry,
    ),
  )
  router.get(
    '/sign-in/oidc/callback',
    answering(
      parts,
      async (asked) => {
        const { request, response, visitor } = asked
        const { provider: name } = cookieNames(visitor.secure)
        const errand = errandOf(cookieOf(request.headers, name), request.query.state)
        const gone = { secure: visitor.secure, httpOnly: true, life: 0 }
        response.appendHeader('Set-Cookie', writtenCookie(name, '', gone))
        const { search } = new URL(request.originalUrl, 'http://here.invalid')
        const admitted = await signInKnown(door, await provider.finish(search, errand), visitor)
        await letThrough(asked, parts, errand.next, admitted)
      },
      sorry,
    ),
  )
}

/** Whoever comes back without having been sent may have been sent by somebody else, into somebody else's account. */
function errandOf(kept: string | undefined, state: unknown): Errand {
  const errand = kept === undefined ? undefined : errandFields.safeParse(parsed(kept)).data
  if (errand && typeof state === 'string' && isSame(state, errand.state)) return errand
  throw new ApiFailure(
    400,
    'errand-unknown',
    'this browser was not sent to the provider, or long ago',
    'begin again at /sign-in',
  )
}

function parsed(kept: string): unknown {
  try {
    return JSON.parse(Buffer.from(kept, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
