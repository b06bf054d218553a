import type { Role } from '../domain/permissions.ts'

/** Who acts: a person who signed in, or a program with a token, which acts as its role and no further. */
export interface Principal {
  readonly kind: 'person' | 'token'
  readonly id: number
  /** As the audit names it: an e-mail address, or a token's name. */
  readonly name: string
  readonly role: Role
  /** Names of the companies it may act in; `all` for operators. */
  readonly companies: readonly string[] | 'all'
  /** Of an installer: the sites it may act at. */
  readonly sites?: readonly { readonly company: string; readonly site: string }[]
  /** Of a user: the number of its own line. */
  readonly line?: string
  readonly locale: 'fr' | 'en'
}
