import type { X509Certificate } from 'node:crypto'
import type { Driver } from '../devices/driver.ts'
import type { Model } from '../domain/model.ts'
import { bindWindow, type Window } from '../domain/window.ts'
import type { LiveDevice } from '../provision/live-device.ts'
import {
  type CertificateFacts,
  examineCertificate,
  judgeCertificate,
  noCertificate,
  usualCertificatePolicy,
} from './access/certificate.ts'
import {
  type CredentialCheck,
  type Credentials,
  credentialsFor,
  type FindAccount,
} from './access/credentials.ts'
import {
  type AccessDecision,
  decideAccess,
  type KnownDevice,
  type Refusal as RefusalReason,
  refusalAnswer,
} from './access/decide.ts'
import type { Guard, GuardAlert } from './access/guard.ts'
import { type Contradiction, type Identity, identify } from './access/identity.ts'
import type { DeviceRequest, PresentedCertificate, Refusal } from './plane.ts'

/** What admission needs of the fleet. */
export interface Admitting {
  readonly drivers: readonly Driver[]
  readonly byMac: (mac: string) => LiveDevice | undefined
  readonly findAccount: FindAccount
  readonly anyGuarded: () => boolean
  /** The same list until it is another one. */
  readonly authorities: () => readonly X509Certificate[]
  readonly credentials: Credentials
  readonly guard: Pick<Guard, 'refused' | 'shutOut' | 'delay'>
  readonly now: () => number
  /** Makes a first contact last: true when this source has the window now, false when another was quicker. */
  readonly bind: (mac: string, source: string, at: number) => Promise<boolean>
  readonly close: (mac: string, at: number) => void
  readonly alert: (alert: GuardAlert) => void
}

export type Verdict =
  | { readonly answer: 'serve'; readonly why: string }
  | { readonly answer: 'refuse'; readonly why: string; readonly refusal: Refusal; readonly delay: number }

/** Who asks, and whether he may: everything of a request that is decided before its file is looked at. */
export interface Admission {
  identify(request: DeviceRequest): Identity | Contradiction
  /** For a per-device name. Promised only when a first contact has to be written down. */
  admit(request: DeviceRequest, mac: string, device: LiveDevice | undefined): Verdict | Promise<Verdict>
  refuse(request: DeviceRequest, mac: string, why: RefusalReason | Contradiction['refused']): Verdict
}

export function createAdmission(parts: Admitting): Admission {
  const { credentials, guard, now } = parts
  const examined = remembering(parts)
  const factsOf = ({ certificate }: DeviceRequest): CertificateFacts =>
    certificate ? examined(certificate) : noCertificate
  const linkedModel = (mac: string): Model | undefined => parts.byMac(mac)?.model

  function refuse(
    request: DeviceRequest,
    mac: string,
    why: RefusalReason | Contradiction['refused'],
    check: CredentialCheck = { result: 'none' },
  ): Verdict {
    const { source, transport } = request
    const delay = guard.delay(source, now())
    for (const alert of guard.refused({ source, mac, why }, now())) parts.alert(alert)
    const answer = refusalAnswer({ transport, anyCompanyGuarded: parts.anyGuarded() })
    const refusal: Refusal =
      answer === 'challenge' && transport !== 'tftp'
        ? { kind: answer, header: credentials.challenge(transport, check) }
        : { kind: 'not-found' }
    return { answer: 'refuse', why, refusal, delay }
  }

  function decide(
    request: DeviceRequest,
    mac: string,
    device: LiveDevice | undefined,
    check: CredentialCheck,
  ): AccessDecision {
    return decideAccess({
      known: device && known(device),
      transport: request.transport,
      source: request.source,
      credentials: credentialsFor(check, mac),
      certificate: judgeCertificate(factsOf(request), mac).result,
      anyCompanyGuarded: parts.anyGuarded(),
      shutOut: guard.shutOut(request.source, now()),
      now: now(),
    })
  }

  return {
    identify(request) {
      const facts = factsOf(request)
      return identify(
        {
          name: request.name,
          ...(request.userAgent === undefined ? {} : { userAgent: request.userAgent }),
          ...(facts.shown && 'mac' in facts ? { certificate: facts.mac } : {}),
        },
        parts.drivers,
        linkedModel,
      )
    },
    admit(request, mac, device) {
      const check =
        request.authorization === undefined
          ? nothing
          : credentials.check(
              request.authorization,
              { method: request.method, uri: request.target },
              parts.findAccount,
            )
      const decision = decide(request, mac, device, check)
      if (decision.answer !== 'serve' || !device)
        return refuse(request, mac, decision.answer === 'serve' ? 'unknown-device' : decision.why, check)
      const { window, why } = decision
      if (window === undefined) return { answer: 'serve', why }
      if (window === 'close') {
        device.window = undefined
        parts.close(mac, now())
        return { answer: 'serve', why }
      }
      return bound(device, window.bind, request).then((won) =>
        won ? { answer: 'serve', why } : refuse(request, mac, 'window-other-source', check),
      )
    },
    refuse: (request, mac, why) => refuse(request, mac, why),
  }

  /** The first contact is written down before anything is given: after a crash the window is as narrow as before. */
  async function bound(device: LiveDevice, wanted: Window, { source }: DeviceRequest): Promise<boolean> {
    const at = wanted.firstContactAt ?? now()
    if (!(await parts.bind(device.mac, source, at))) return false
    device.window = device.window && (bindWindow(device.window, source, at) ?? device.window)
    return true
  }
}

const nothing: CredentialCheck = { result: 'none' }

function known({ access, openNetworks, window, account }: LiveDevice): KnownDevice {
  return { access, openNetworks, window, hasAccount: account !== undefined }
}

const hour = 3_600_000
const rememberedCertificates = 2000

/**
 * A device shows the same certificate at every request of a boot; walking its chain once is enough. What was found
 * holds for the authorities it was held against, and not for long: certificates expire.
 */
function remembering({ authorities, now }: Pick<Admitting, 'authorities' | 'now'>) {
  const seen = new Map<string, CertificateFacts>()
  let against = authorities()
  let since = now()
  return (certificate: PresentedCertificate): CertificateFacts => {
    const at = now()
    if (authorities() !== against || at - since > hour || seen.size >= rememberedCertificates) {
      seen.clear()
      against = authorities()
      since = at
    }
    const key = `${certificate.check}${certificate.certificate.fingerprint256}`
    const facts = seen.get(key) ?? examineCertificate(certificate, against, usualCertificatePolicy, at)
    seen.set(key, facts)
    return facts
  }
}
