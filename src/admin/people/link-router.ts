import type { Router } from 'express'
import { z } from 'zod'
import type { ProblemDocument } from '../http/failure.ts'
import { foundLink, useLink } from './links.ts'
import { type Asked, answering, letThrough, received, type SignInParts, wantsPage } from './sign-in-answer.ts'

const linkFields = z.strictObject({
  password: z.string().max(1000),
  email: z.string().max(300).optional(),
  name: z.string().max(200).optional(),
})

/** Links that somebody was sent: looked at as often as wanted, used once. */
export function linkRoutes(router: Router, parts: SignInParts): void {
  const { door, pages } = parts
  const provider = parts.provider !== undefined
  const page = async (asked: Asked, fault?: ProblemDocument): Promise<string> => {
    const { kind, person } = await foundLink(door, secretOf(asked))
    const shown = { locale: asked.locale, typed: asked.typed, next: '', provider }
    return pages.link({ ...shown, kind, email: person.email, ...(fault ? { fault } : {}) })
  }
  router.use('/sign-in/link', (request, _response, next) => {
    // The log writes the address of every request, and this one opens the door.
    request.originalUrl = '/sign-in/link/…'
    next()
  })
  router.get(
    '/sign-in/link/:link',
    answering(
      parts,
      async (asked) => {
        const { kind, person, expiresAt } = await foundLink(door, secretOf(asked))
        if (wantsPage(asked.request)) asked.response.type('html').send(await page(asked))
        else asked.response.json({ kind, email: person.email, until: new Date(expiresAt).toISOString() })
      },
      async ({ locale }, fault) => pages.sorry({ locale, fault }),
    ),
  )
  router.post(
    '/sign-in/link/:link',
    answering(
      parts,
      async (asked) => {
        const { fields, next } = await received(asked, door, linkFields)
        const chosen = { ...fields, locale: asked.locale }
        await letThrough(asked, parts, next, await useLink(door, secretOf(asked), chosen, asked.visitor))
      },
      // Where the link is dead there is no form to show again.
      (asked, fault) => page(asked, fault).catch(() => pages.sorry({ locale: asked.locale, fault })),
    ),
  )
}

function secretOf({ request }: Asked): string {
  return String(request.params.link)
}
