import type { Locale } from '../../../domain/intent.ts'
import type { ProblemDocument } from '../../http/failure.ts'
import type { SignInPages } from '../../people/pages.ts'
import { address } from '../address.ts'
import { spoken } from '../faults.ts'
import { text } from '../text.ts'
import type { Render } from '../views.ts'

export interface DoorParts {
  readonly render: Render
  /** Of the assets. */
  readonly addresses: Readonly<Record<string, string>>
  readonly now: () => number
}

interface Showing {
  readonly locale: Locale
  readonly title: string
  readonly fault?: ProblemDocument | undefined
  readonly typed?: Readonly<Record<string, string>>
  /** The page in the other language, but for its `lang`. */
  readonly self: string
  readonly next?: string
}

/** The pages of the door, in the look of all others. */
export function doorPages({ render, addresses, now }: DoorParts): SignInPages {
  function shown(
    view: string,
    { locale, title: key, fault, typed, self, next }: Showing,
    data: object,
  ): string {
    const surroundings = {
      locale,
      now: now(),
      typed,
      asset: addresses,
      ...(fault ? { fault: spoken(fault, locale) } : {}),
    }
    const title = text(locale, key)
    const main = render(view, { ...data, title, next }, surroundings)
    const language = address(self, { lang: text(locale, 'frame.other-locale'), next })
    return render('frame/door', { title, main, language }, surroundings)
  }
  const oidc = (next: string) => address('/sign-in/oidc', { next })

  return {
    signIn: ({ provider, next, ...given }) =>
      shown(
        'door/sign-in',
        { ...given, next, title: 'door.sign-in', self: '/sign-in' },
        { action: address('/sign-in', { next }), provider: provider ? oidc(next) : undefined },
      ),
    code: ({ csrf, next, ...given }) =>
      shown(
        'door/code',
        { ...given, next, title: 'door.code', self: '/sign-in/code' },
        { csrf, action: address('/sign-in/code', { next }), back: address('/sign-in', { next }) },
      ),
    link: ({ kind, email, provider, ...given }) =>
      shown(
        'door/link',
        { ...given, title: kind === 'reset' ? 'door.new-password' : 'door.welcome', self: '' },
        {
          ...{ kind, email, isFirst: kind === 'first' },
          provider: provider && kind === 'invitation' ? oidc('') : undefined,
        },
      ),
    sorry: ({ locale, fault }) =>
      shown('door/sorry', { locale, title: 'door.sorry', fault, self: '/sign-in' }, {}),
  }
}
