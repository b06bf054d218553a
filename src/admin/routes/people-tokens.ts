import { z } from 'zod'
import { mayGive, seenBy } from '../../domain/scope.ts'
import type { Token } from '../../store/people-tokens.ts'
import { nothingThere } from '../http/failure.ts'
import { authorOf, ownPerson } from '../people/acting.ts'
import { refuseFaults } from '../people/links.ts'
import { meantScope, notYoursToGive, scopeFields } from '../people/meant-scope.ts'
import { digest, newSecret, tokenPrefix } from '../people/secrets.ts'
import { tokenExpiry, tokenName } from '../people/token-rules.ts'
import type { Principal } from '../principal.ts'
import { type Route, route } from '../route.ts'
import { instant, time } from './devices-shown.ts'
import { numberedPage, scopeOf, shownScope } from './people-shown.ts'

export const tokenOf = z.object({
  id: z.int(),
  name: z.string(),
  ...scopeOf,
  maker: z.string(),
  createdAt: time,
  expiresAt: time,
  lastUsedAt: time.optional(),
  lastUsedFrom: z.string().optional(),
})

const listTokens = route({
  id: 'listTokens',
  method: 'get',
  path: '/tokens',
  summary: 'List what programs sign in with',
  tag: 'people',
  action: 'tokens.read',
  of: 'fleet',
  query: z.strictObject(numberedPage),
  answer: z.object({ items: z.array(tokenOf), next: z.string().optional() }),
  async handle({ who, query: { after, limit }, services }) {
    const page = await services.store.people.tokens.list({ limit, ...(after === undefined ? {} : { after }) })
    const last = page.at(-1)
    return {
      body: {
        items: page.filter((token) => seenBy(who, token)).map((token) => shownToken(who, token)),
        ...(last && page.length === limit ? { next: String(last.id) } : {}),
      },
    }
  },
})

const createToken = route({
  id: 'createToken',
  method: 'post',
  path: '/tokens',
  summary:
    'Make a token; its text is in this answer and nowhere else, and it never reaches further than its maker',
  tag: 'people',
  action: 'tokens.write',
  of: 'fleet',
  creates: true,
  body: z.strictObject({
    name: z.string().max(80),
    ...scopeFields,
    expiresAt: z.iso.datetime({ offset: true }).optional().describe('90 days when absent, at most 366'),
  }),
  answer: z.object({ token: z.string(), about: tokenOf }),
  async handle(call) {
    const { who, body, services } = call
    const maker = await ownPerson(call)
    const { name, expiresAt, ...written } = body
    const expiry = tokenExpiry(expiresAt, services.now())
    refuseFaults([...tokenName(name), ...('problem' in expiry ? [expiry.problem] : [])])
    const scope = await meantScope(who, written, services)
    const secret = newSecret(tokenPrefix)
    const made = await services.store.people.tokens.add(authorOf(call), {
      name,
      hash: digest(secret),
      makerId: maker.id,
      expiresAt: 'at' in expiry ? expiry.at : 0,
      ...scope,
    })
    return { body: { token: secret, about: shownToken(who, made) }, location: `/api/v1/tokens/${made.id}` }
  },
})

const revokeToken = route({
  id: 'revokeToken',
  method: 'delete',
  path: '/tokens/{token}',
  summary: 'Revoke a token: it opens nothing from now on',
  tag: 'people',
  action: 'tokens.write',
  of: 'fleet',
  params: z.object({ token: z.coerce.number().int().positive() }),
  async handle(call) {
    const { who, params, services } = call
    const isGone = await services.store.people.tokens.remove(authorOf(call), params.token, (token) => {
      if (!seenBy(who, token)) throw nothingThere()
      if (!mayGive(who, token)) throw notYoursToGive()
    })
    if (!isGone) throw nothingThere()
    return {}
  },
})

function shownToken(viewer: Principal, token: Token): z.output<typeof tokenOf> {
  const { id, name, maker, createdAt, expiresAt, lastUsedAt, lastUsedFrom } = token
  return {
    id,
    name,
    ...shownScope(viewer, token),
    maker,
    createdAt: instant(createdAt),
    expiresAt: instant(expiresAt),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt: instant(lastUsedAt) }),
    ...(lastUsedFrom === undefined ? {} : { lastUsedFrom }),
  }
}

export const tokenRoutes: readonly Route[] = [listTokens, createToken, revokeToken]
