import type { DeviceAccess } from '../../domain/intent.ts'
import { bindWindow, type Window, type WindowState, windowState } from '../../domain/window.ts'
import type { DeviceTransport } from '../plane.ts'
import { isWithin } from './address.ts'
import type { CertificateResult } from './certificate.ts'
import type { CredentialResult } from './credentials.ts'

/** What is known of the device whose file is asked for; a device that was unlinked is known while its window lasts. */
export interface KnownDevice {
  readonly access: DeviceAccess
  readonly openNetworks?: readonly string[] | undefined
  readonly window?: Window | undefined
  /** The device has an account that is alive. */
  readonly hasAccount: boolean
}

/** A request for a per-device name, with all that was found out about it. */
export interface AccessRequest {
  readonly known?: KnownDevice | undefined
  readonly transport: DeviceTransport
  /** The client's address, canonical. */
  readonly source: string
  /** What the credentials are for this very device: another's right ones are wrong here. */
  readonly credentials: CredentialResult
  readonly certificate: CertificateResult
  /** Some company on this server is not `open`: no answer may then tell a known MAC from an unknown one. */
  readonly anyCompanyGuarded: boolean
  /** The source has been guessing. */
  readonly shutOut: boolean
  readonly now: number
}

export type Admission = 'open' | 'window' | 'credentials' | 'certificate'

export type Refusal =
  | 'unknown-device'
  | 'outside-networks'
  | 'certificate-needed'
  | 'certificate-other'
  | 'credentials-needed'
  | 'credentials-wrong'
  | 'shut-out'
  | 'window-expired'
  | 'window-used'
  | 'window-other-source'

/** What becomes of the window: it takes this shape if nobody bound it meanwhile, or it closes. */
export type WindowChange = { readonly bind: Window } | 'close'

export type AccessDecision =
  | { readonly answer: 'serve'; readonly why: Admission; readonly window?: WindowChange }
  | { readonly answer: 'challenge' | 'not-found'; readonly why: Refusal }

/** Who may have a device's files. The answer to whoever may not depends on nothing that is known of the device. */
export function decideAccess(request: AccessRequest): AccessDecision {
  const verdict = judge(request)
  if (typeof verdict !== 'string') return verdict
  return { answer: refusalAnswer(request), why: verdict }
}

/** What everybody hears who is not admitted to a per-device name, also one whose evidence contradicts itself. */
export function refusalAnswer(
  request: Pick<AccessRequest, 'transport' | 'anyCompanyGuarded'>,
): 'challenge' | 'not-found' {
  return request.anyCompanyGuarded && request.transport !== 'tftp' ? 'challenge' : 'not-found'
}

type Verdict = Extract<AccessDecision, { answer: 'serve' }> | Refusal

function judge(request: AccessRequest): Verdict {
  const { known } = request
  if (!known) return 'unknown-device'
  switch (known.access) {
    case 'open':
      return judgeOpen(known.openNetworks, request.source)
    case 'certificate':
      return fits(request) ? { answer: 'serve', why: 'certificate' } : certificateRefusal(request)
    case 'first-contact':
      return judgeFirstContact(request, known)
  }
}

/** The operator's networks bind everybody: a password that got out of the closed network must not work outside it. */
function judgeOpen(networks: readonly string[] | undefined, source: string): Verdict {
  const admitted = networks === undefined || isWithin(source, networks)
  return admitted ? { answer: 'serve', why: 'open' } : 'outside-networks'
}

/** Proof first, then the window. Wrong credentials do no harm in a window: a reset phone may send its maker's default. */
function judgeFirstContact(request: AccessRequest, known: KnownDevice): Verdict {
  const proof = fits(request) ? 'certificate' : knows(request, known) ? 'credentials' : undefined
  if (proof) return { answer: 'serve', why: proof, ...(known.window ? { window: 'close' } : {}) }
  const state = windowState(known.window, request.source, request.now)
  if (state !== 'admits' || !known.window) return refusal(request, state)
  if (request.shutOut) return 'shut-out'
  const bind = bindWindow(known.window, request.source, request.now)
  return { answer: 'serve', why: 'window', ...(bind ? { window: { bind } } : {}) }
}

function fits(request: AccessRequest): boolean {
  return request.transport === 'mtls' && request.certificate === 'fits'
}

/** An account that is dead admits nobody, whoever still finds the password right. */
function knows(request: AccessRequest, known: KnownDevice): boolean {
  return request.transport !== 'tftp' && known.hasAccount && request.credentials === 'right'
}

function certificateRefusal(request: AccessRequest): Refusal {
  return request.certificate === 'other' ? 'certificate-other' : 'certificate-needed'
}

/** What a manager should hear first: that a window was there and why it did not help. */
function refusal(request: AccessRequest, state: WindowState): Refusal {
  if (state === 'other-source') return 'window-other-source'
  if (request.certificate === 'other') return 'certificate-other'
  if (request.credentials === 'wrong' || request.credentials === 'right') return 'credentials-wrong'
  if (state === 'expired') return 'window-expired'
  return state === 'used' ? 'window-used' : 'credentials-needed'
}
