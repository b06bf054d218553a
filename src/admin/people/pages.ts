import type { Locale } from '../../domain/intent.ts'
import type { LinkKind } from '../../store/tables-people.ts'
import type { ProblemDocument } from '../http/failure.ts'

interface Shown {
  readonly locale: Locale
  /** Why what was sent could not be taken. */
  readonly fault?: ProblemDocument
  /** What was typed with it; never a password or a code. */
  readonly typed: Readonly<Record<string, string>>
  /** Where to go afterwards. */
  readonly next: string
}

/** The pages of the door, in the language of whoever stands before it. */
export interface SignInPages {
  /** Posts `email`, `password`, `next` to /sign-in. */
  signIn(shown: Shown & { readonly provider: boolean }): string
  /** Posts `code`, `next`, `_csrf` to /sign-in/code. */
  code(shown: Shown & { readonly csrf: string }): string
  /** Posts `password`, of the first person `email` and `name` too, to its own address. */
  link(shown: Shown & { readonly kind: LinkKind; readonly email: string; readonly provider: boolean }): string
  /** A link that is dead, a provider that refused. */
  sorry(shown: Pick<Shown, 'locale'> & { readonly fault: ProblemDocument }): string
}
