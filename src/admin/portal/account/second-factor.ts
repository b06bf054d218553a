import type { Act, Page, View, Visit } from '../page.ts'
import type { Me } from './account.ts'
import { qrCode } from './qr-code.ts'

const own = '/account/second-factor'

/** An e-mail address of 254 characters in it, each of them escaped, and the rest. */
const longestUri = 1000

/** A code of an app besides the password: whether it is asked for, and the way there and back. */
const secondFactor: Page = {
  path: own,
  async show(visit) {
    const { body: me } = await visit.ask<Me>('readMe')
    return { ...framed(visit), view: 'account/second-factor', data: { ...common(visit), me } }
  },
}

const begin: Act = {
  path: own,
  page: secondFactor,
  async do(visit) {
    const { body } = await visit.ask<Secret>('beginSecondFactor', { body: proof(visit) })
    return scan(visit, body)
  },
}

interface Secret {
  readonly secret: string
  readonly uri: string
}

/** The secret is told once; when the code was mistyped, the form has it still. */
const confirmation: Page = {
  path: `${own}/confirmation`,
  async show(visit) {
    const { one } = visit.form
    const [secret, uri] = [one('secret'), one('uri')]
    if (secret === undefined || !uri?.startsWith('otpauth://totp/') || uri.length > longestUri)
      return { to: own }
    return scan(visit, { secret, uri })
  },
}

const confirm: Act = {
  path: `${own}/confirmation`,
  page: confirmation,
  async do(visit) {
    const { body } = await visit.ask<Codes>('confirmSecondFactor', {
      body: { code: visit.form.one('code') ?? '' },
    })
    return codes(visit, body)
  },
}

interface Codes {
  readonly recoveryCodes: readonly string[]
}

const renew: Act = {
  path: `${own}/codes`,
  page: secondFactor,
  async do(visit) {
    const { body } = await visit.ask<Codes>('renewRecoveryCodes', { body: proof(visit) })
    return codes(visit, body)
  },
}

const remove: Act = {
  path: `${own}/removal`,
  page: secondFactor,
  async do(visit) {
    await visit.ask('removeSecondFactor', { body: proof(visit) })
    return { to: '/account', said: { text: 'account.second-factor-off' } }
  },
}

function proof({ form }: Visit): { readonly password: string } {
  return { password: form.one('password') ?? '' }
}

async function scan(visit: Visit, { secret, uri }: Secret): Promise<View> {
  const spaced = secret.match(/.{1,4}/g)?.join(' ') ?? secret
  const data = { ...common(visit), secret, uri, spaced, qr: await qrCode(uri) }
  return { ...framed(visit), view: 'account/scan', data }
}

function codes(visit: Visit, { recoveryCodes }: Codes): View {
  const data = { ...common(visit), recoveryCodes, all: recoveryCodes.join('\n') }
  return { ...framed(visit), view: 'account/codes', data }
}

function framed({ text }: Visit): Pick<View, 'title' | 'place'> {
  return { title: text('account.second-factor'), place: '' }
}

function common({ text }: Visit): object {
  return { crumbs: [{ to: '/account', label: text('account.title') }] }
}

/** Whoever looks at the address of a form that shows something once is led to its beginning. */
const back = ['codes', 'removal'].map(
  (step): Page => ({ path: `${own}/${step}`, show: async () => ({ to: own }) }),
)

export const secondFactorPages: readonly Page[] = [secondFactor, confirmation, ...back]
export const secondFactorActs: readonly Act[] = [begin, confirm, renew, remove]
