import type { z } from 'zod'
import { mayAnywhere } from '../../../domain/permissions.ts'
import { nothingThere } from '../../http/failure.ts'
import type { tokenOf } from '../../routes/people-tokens.ts'
import { address } from '../address.ts'
import { administrationCrumbs, type Crumb } from '../crumbs.ts'
import type { Listed } from '../listed.ts'
import type { Act, Page, Visit } from '../page.ts'
import { placesShown } from './known.ts'
import { reachChoice, reachGiven } from './reach.ts'

type Token = z.output<typeof tokenOf>

const pageSize = 100
const day = 24 * 3_600_000
/** Days that a token may be made for; the first is usual. */
const lives = [90, 30, 180, 365]

/** What programs sign in with. */
const tokens: Page = {
  path: '/tokens',
  action: 'tokens.read',
  async show(visit) {
    const { after } = visit.query
    const { items, next } = await tokensFrom(visit, after)
    return {
      view: 'tokens/list',
      title: visit.text('tokens.title'),
      place: 'administration',
      data: {
        tokens: items.map((token) => ({ ...token, places: placesShown(visit, token) })),
        create: mayAnywhere(visit.who, 'tokens.write'),
        crumbs: administrationCrumbs(visit),
        first: after === undefined ? undefined : '/tokens',
        next: next === undefined ? undefined : address('/tokens', { after: next }),
      },
    }
  },
}

async function tokensFrom({ ask }: Visit, after: string | undefined) {
  const { body } = await ask<Listed<Token>>('listTokens', {
    query: { after, limit: pageSize },
  })
  return body
}

const newToken: Page = {
  path: '/tokens/new',
  action: 'tokens.write',
  async show(visit) {
    return {
      view: 'tokens/new',
      title: visit.text('tokens.new'),
      place: 'administration',
      data: {
        ...(await reachChoice(visit, '/tokens/new')),
        lives: lives.map((days) => ({
          value: String(days),
          label: visit.text('tokens.days', { count: days }),
        })),
        crumbs: crumbs(visit),
      },
    }
  },
}

const create: Act = {
  path: '/tokens/new',
  action: 'tokens.write',
  page: newToken,
  async do(visit) {
    const { ask, form } = visit
    const days = Number(form.one('days'))
    const expiresAt = lives.includes(days) ? new Date(Date.now() + days * day).toISOString() : undefined
    const body = { name: form.one('name') ?? '', ...reachGiven(visit), expiresAt }
    const { body: made } = await ask<{ readonly token: string; readonly about: Token }>('createToken', {
      body,
    })
    return {
      view: 'tokens/made',
      title: visit.text('tokens.made'),
      place: 'administration',
      data: { ...made, header: `Authorization: Bearer ${made.token.slice(0, 4)}…`, crumbs: crumbs(visit) },
    }
  },
}

const revoke: Page = {
  path: '/tokens/{token}/revoke',
  action: 'tokens.write',
  async show(visit) {
    const id = Number(visit.params.token)
    const { items } = await tokensFrom(visit, String(Math.max(0, id - 1)))
    const token = items.find((each) => each.id === id)
    if (!token) throw nothingThere()
    const data = { token, crumbs: crumbs(visit) }
    return { view: 'tokens/revoke', title: visit.text('tokens.revoke'), place: 'administration', data }
  },
}

const doRevoke: Act = {
  path: '/tokens/{token}/revoke',
  action: 'tokens.write',
  page: revoke,
  async do({ ask, params }) {
    await ask('revokeToken', { params: { token: params.token ?? '' } })
    return { to: '/tokens', said: { text: 'tokens.revoked' } }
  },
}

function crumbs({ text }: Visit): readonly Crumb[] {
  return administrationCrumbs({ text }, { to: '/tokens', label: text('tokens.title') })
}

export const tokenPages: readonly Page[] = [tokens, newToken, revoke]
export const tokenActs: readonly Act[] = [create, doRevoke]
