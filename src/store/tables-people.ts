import type { Locale } from '../domain/intent.ts'
import type { Role } from '../domain/permissions.ts'

/** What concerns people and programs that use the admin plane. */
export interface PeopleTables {
  person: PersonRow
  recovery_code: { person_id: number; hash: string }
  token: TokenRow
  scope_place: ScopePlaceRow
  session: SessionRow
  sign_in_link: LinkRow
  guess: { key: string; failures: number; drained_at: number; shut_until: number }
  sign_in_event: SignInEventRow
}

export interface PersonRow {
  id: number
  email: string
  /** Lower case: what uniqueness goes by. */
  email_key: string
  name: string
  role: Role
  locale: Locale
  line_id: number | null
  /** An argon2id hash. */
  password: string | null
  /** The second factor's secret, sealed. */
  totp: string | null
  /** `null`: it was not tried yet, and is not asked for. */
  totp_since: number | null
  /** The last step a code was taken of: none is taken twice. */
  totp_step: number | null
  /** Issuer and subject at the OpenID Connect provider, once somebody came from there. */
  subject: string | null
  disabled_at: number | null
  created_at: number
  last_sign_in_at: number | null
}

export interface TokenRow {
  id: number
  name: string
  hash: string
  role: Role
  line_id: number | null
  /** `null`: it was made on the command line. */
  maker_id: number | null
  maker: string
  created_at: number
  expires_at: number
  last_used_at: number | null
  last_used_from: string | null
}

/** One company or one site of one person or one token. */
export interface ScopePlaceRow {
  id: number
  person_id: number | null
  token_id: number | null
  company_id: number | null
  site_id: number | null
  until: number | null
}

/** `second-factor`: the password was right, the code is still to come; nothing else is open to it. */
export type SessionStage = 'second-factor' | 'whole'

export interface SessionRow {
  id: number
  hash: string
  person_id: number
  stage: SessionStage
  csrf: string
  created_at: number
  seen_at: number
  address: string
  user_agent: string
}

/** `first`: of the very first person, whose address nobody knows yet. */
export type LinkKind = 'invitation' | 'reset' | 'first'

export interface LinkRow {
  hash: string
  person_id: number
  kind: LinkKind
  expires_at: number
}

export type SignInWhat =
  | 'signed-in'
  | 'signed-out'
  | 'refused'
  | 'locked-out'
  | 'link-made'
  | 'password-changed'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'recovery-code-used'

export interface SignInEventRow {
  id: number
  at: number
  /** `null`: nobody we know, or none that can be told. */
  person_id: number | null
  what: SignInWhat
  way: 'password' | 'link' | 'provider' | null
  /** Who did it to somebody else. */
  by: string | null
  address: string
  user_agent: string
}
