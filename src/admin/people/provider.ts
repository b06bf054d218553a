import type { Configuration, IDToken, UserInfoResponse } from 'openid-client'
import type { Settings } from '../../settings.ts'
import { ApiFailure } from '../http/failure.ts'

export interface ProviderSettings {
  readonly issuer: string
  readonly clientId: string
  /** Absent: this server is a public client, which PKCE suffices for. */
  readonly clientSecret: string | undefined
  /** Where the provider sends people back to. */
  readonly redirectUri: string
}

/** What has to come back with somebody whom this browser sent out. */
export interface Errand {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly next: string
}

/** Somebody as the provider knows him. */
export interface Known {
  /** Issuer and subject: what stays the same when the address changes. */
  readonly subject: string
  /** Only one that the provider has verified. */
  readonly email?: string
}

export interface Provider {
  begin(next: string): Promise<{ readonly url: URL; readonly errand: Errand }>
  /** `search`: what the provider wrote behind the address it sent somebody back to. */
  finish(search: string, errand: Errand): Promise<Known>
}

/** The provider that the settings name, if they name one. */
export function providerOf(settings: Settings): Provider | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret, adminUrl } = settings
  if (issuer === undefined || clientId === undefined || adminUrl === undefined) return undefined
  const redirectUri = new URL('sign-in/oidc/callback', adminUrl).href
  return createProvider({ issuer, clientId, clientSecret, redirectUri })
}

/** Sign-in through an OpenID Connect provider: code flow, with PKCE, state and nonce. */
export function createProvider(settings: ProviderSettings): Provider {
  let discovered: Promise<Configuration> | undefined
  const configuration = (): Promise<Configuration> => {
    discovered ??= discover(settings)
    // A provider that was away for a moment is asked again the next time.
    discovered.catch(() => {
      discovered = undefined
    })
    return discovered
  }
  return {
    async begin(next) {
      const client = await import('openid-client')
      const config = await reaching(configuration())
      const errand = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        next,
      }
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: settings.redirectUri,
        scope: 'openid email',
        state: errand.state,
        nonce: errand.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(errand.verifier),
        code_challenge_method: 'S256',
      })
      return { url, errand }
    },
    async finish(search, errand) {
      const came = new URL(settings.redirectUri)
      came.search = search
      const client = await import('openid-client')
      const config = await reaching(configuration())
      const tokens = await reaching(
        client.authorizationCodeGrant(config, came, {
          expectedState: errand.state,
          expectedNonce: errand.nonce,
          pkceCodeVerifier: errand.verifier,
          idTokenExpected: true,
        }),
      )
      const claims = tokens.claims()
      if (!claims) throw unreachable()
      const asked = claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
      const said = asked
        ? await reaching(client.fetchUserInfo(config, tokens.access_token, claims.sub))
        : claims
      return { subject: `${claims.iss} ${claims.sub}`, ...verifiedEmail(said) }
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const client = await import('openid-client')
  const url = new URL(issuer)
  return client.discovery(
    url,
    clientId,
    clientSecret,
    clientSecret === undefined ? client.None() : undefined,
    // The settings admit such an issuer on this very machine only.
    { timeout: 10, execute: url.protocol === 'http:' ? [client.allowInsecureRequests] : [] },
  )
}

function verifiedEmail({ email, email_verified }: IDToken | UserInfoResponse): { email?: string } {
  return typeof email === 'string' && email_verified === true ? { email } : {}
}

/**
 * What went wrong there is between the provider and the log, and of that only the words: what hangs on such an error
 * may open a door.
 */
async function reaching<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const code = error instanceof Error && 'error' in error ? String(error.error) : undefined
    if (code === 'access_denied') throw denied()
    throw unreachable(error)
  }
}

function denied(): ApiFailure {
  return new ApiFailure(
    401,
    'provider-refused',
    'the provider did not let you sign in',
    'try again, or sign in with a password',
  )
}

function unreachable(cause?: unknown): ApiFailure {
  const failure = new ApiFailure(
    502,
    'provider-unreachable',
    'signing in through the provider did not work',
    'try again; if it stays so, check the settings BOOTLINE_OIDC_…',
  )
  if (cause instanceof Error) failure.cause = new Error(`the OpenID Connect provider: ${cause.message}`)
  return failure
}
