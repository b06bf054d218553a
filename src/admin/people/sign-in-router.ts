import { Router } from 'express'
import { z } from 'zod'
import type { ProblemDocument } from '../http/failure.ts'
import { unknownCaller } from '../http/handler.ts'
import { refuseForgery } from './authenticate.ts'
import { goneCookies, sessionOf } from './door.ts'
import { isForm, localPath } from './form.ts'
import { linkRoutes } from './link-router.ts'
import { providerRoutes } from './provider-router.ts'
import { signInWithCode, signInWithPassword } from './sign-in.ts'
import { type Asked, answering, letThrough, received, type SignInParts, wantsPage } from './sign-in-answer.ts'

const passwordFields = z.strictObject({
  email: z.string().max(300),
  password: z.string().max(1000),
  code: z.string().max(40).optional(),
})
const codeFields = z.strictObject({ code: z.string().max(40) })
const outFields = z.strictObject({ everywhere: z.union([z.boolean(), z.literal('true')]).optional() })

/** Everything at the door. Programs speak JSON with it; a form is answered with a redirect, or with its page again. */
export function createSignIn(parts: SignInParts): Router {
  const router = Router({ caseSensitive: true, strict: true })
  passwordRoutes(router, parts)
  codeRoutes(router, parts)
  linkRoutes(router, parts)
  if (parts.provider) providerRoutes(router, parts, parts.provider)
  signOut(router, parts)
  return router
}

function passwordRoutes(router: Router, parts: SignInParts): void {
  const { door, pages } = parts
  const provider = parts.provider !== undefined
  const page = async ({ request, locale, typed }: Asked, fault?: ProblemDocument): Promise<string> => {
    const shown = { locale, typed, next: localPath(request.query.next), provider }
    return pages.signIn({ ...shown, ...(fault ? { fault } : {}) })
  }
  router.get(
    '/sign-in',
    answering(parts, async (asked) => {
      if (wantsPage(asked.request)) asked.response.type('html').send(await page(asked))
      else asked.response.json({ provider })
    }),
  )
  router.post(
    '/sign-in',
    answering(
      parts,
      async (asked) => {
        const { fields, next } = await received(asked, door, passwordFields)
        await letThrough(asked, parts, next, await signInWithPassword(door, fields, asked.visitor))
      },
      page,
    ),
  )
}

function codeRoutes(router: Router, parts: SignInParts): void {
  const { door, pages } = parts
  const page = async (asked: Asked, fault?: ProblemDocument): Promise<string> => {
    const { request, visitor, locale, typed } = asked
    const found = await sessionOf(door, request.headers, visitor.secure)
    const shown = { locale, typed, next: localPath(request.query.next), ...(fault ? { fault } : {}) }
    if (found?.session.stage === 'second-factor') return pages.code({ ...shown, csrf: found.session.csrf })
    return pages.signIn({ ...shown, provider: parts.provider !== undefined })
  }
  router.get(
    '/sign-in/code',
    answering(parts, async (asked) => {
      asked.response.type('html').send(await page(asked))
    }),
  )
  router.post(
    '/sign-in/code',
    answering(
      parts,
      async (asked) => {
        const { fields, csrf, next } = await received(asked, door, codeFields)
        const found = await sessionOf(door, asked.request.headers, asked.visitor.secure)
        if (!found) throw unknownCaller()
        refuseForgery(found.session, csrf)
        await letThrough(asked, parts, next, await signInWithCode(door, found, fields.code, asked.visitor))
      },
      page,
    ),
  )
}

/** Who is signed in nowhere is signed out already. */
function signOut(router: Router, parts: SignInParts): void {
  const { people, now } = parts.door
  router.post(
    '/sign-out',
    answering(parts, async (asked) => {
      const { request, response, visitor } = asked
      const { fields, csrf } = await received(asked, parts.door, outFields)
      const found = await sessionOf(parts.door, request.headers, visitor.secure)
      if (found) {
        refuseForgery(found.session, csrf)
        const { id } = found.person
        if (fields.everywhere) await people.sessions.endAll(id)
        else await people.sessions.end(id, found.session.id)
        const { address, userAgent } = visitor
        await people.watch.note({ at: now(), what: 'signed-out', person: id, address, userAgent })
      }
      for (const cookie of goneCookies(visitor.secure)) response.appendHeader('Set-Cookie', cookie)
      if (isForm(request)) response.redirect(303, '/sign-in')
      else response.json({ signedIn: false })
    }),
  )
}
