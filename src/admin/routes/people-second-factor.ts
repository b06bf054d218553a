import { z } from 'zod'
import { fault } from '../../domain/problem.ts'
import type { SignInWhat } from '../../store/tables-people.ts'
import { type Acting, doorOf, ownPerson, ownSession, visitorOfCall } from '../people/acting.ts'
import { rotateSession } from '../people/door.ts'
import { refuseFaults } from '../people/links.ts'
import { provePassword } from '../people/own-password.ts'
import { digest } from '../people/secrets.ts'
import { base32, matchingStep, meantCode, newRecoveryCodes, newTotpSecret, totpUri } from '../people/totp.ts'
import { type Reply, type Route, route } from '../route.ts'

const password = z.strictObject({ password: z.string().max(1000) })

const codes = z.object({
  recoveryCodes: z.array(z.string()).describe('Each lets me in once without the app; shown this one time'),
})

const beginSecondFactor = route({
  id: 'beginSecondFactor',
  method: 'post',
  path: '/me/totp',
  summary: 'Begin to set up a second factor: gives the secret for an authenticator app',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  body: password,
  answer: z.object({ secret: z.string(), uri: z.string().describe('For a QR code') }),
  async handle(call) {
    const person = await ownPerson(call)
    await provePassword(doorOf(call.services), person, call.body.password, visitorOfCall(call))
    const secret = newTotpSecret()
    await call.services.store.people.credentials.beginSecondFactor(person.id, secret)
    return { body: { secret: base32(secret), uri: totpUri(secret, person.email) } }
  },
})

const confirmSecondFactor = route({
  id: 'confirmSecondFactor',
  method: 'post',
  path: '/me/totp/confirmation',
  summary: 'Show that the app works: from then on a code is asked for at each sign-in',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  body: z.strictObject({ code: z.string().max(40) }),
  answer: codes,
  async handle(call) {
    const { body, services } = call
    const { credentials } = services.store.people
    const person = await ownPerson(call)
    const now = services.now()
    const { totp } = await credentials.of(person.id)
    const step = totp && matchingStep(totp, meantCode(body.code), now)
    if (step === undefined) {
      refuseFaults([
        fault('code-wrong', 'code', 'this is not the code of now', 'look at the clock of the phone'),
      ])
      return {}
    }
    const recoveryCodes = newRecoveryCodes()
    await credentials.startSecondFactor(person.id, step, now, recoveryCodes.map(kept))
    return changed(call, person.id, 'second-factor-on', { recoveryCodes })
  },
})

const removeSecondFactor = route({
  id: 'removeSecondFactor',
  method: 'post',
  path: '/me/totp/removal',
  summary: 'Sign in without a second factor again',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  body: password,
  async handle(call) {
    const person = await ownPerson(call)
    await provePassword(doorOf(call.services), person, call.body.password, visitorOfCall(call))
    await call.services.store.people.credentials.dropSecondFactor(person.id)
    return changed(call, person.id, 'second-factor-off', undefined)
  },
})

const renewRecoveryCodes = route({
  id: 'renewRecoveryCodes',
  method: 'post',
  path: '/me/totp/recovery-codes',
  summary: 'Make new recovery codes; the former ones are worth nothing then',
  tag: 'me',
  action: 'self.write',
  of: 'server',
  body: password,
  answer: codes,
  async handle(call) {
    const person = await ownPerson(call)
    await provePassword(doorOf(call.services), person, call.body.password, visitorOfCall(call))
    const recoveryCodes = person.hasSecondFactor ? newRecoveryCodes() : []
    await call.services.store.people.credentials.replaceRecoveryCodes(person.id, recoveryCodes.map(kept))
    return { body: { recoveryCodes } }
  },
})

function kept(code: string): string {
  return digest(meantCode(code))
}

/** How somebody signs in is another matter now: noted, his other sessions ended, this one under another id. */
async function changed(call: Acting, person: number, what: SignInWhat, body: unknown): Promise<Reply> {
  const door = doorOf(call.services)
  const { address, userAgent, secure } = visitorOfCall(call)
  const session = await ownSession(call)
  await door.people.watch.note({ at: door.now(), what, person, address, userAgent })
  await door.people.sessions.endAll(person, session?.id)
  const cookie = session && (await rotateSession(door, session, secure))
  return { ...(body === undefined ? {} : { body }), ...(cookie ? { headers: { 'Set-Cookie': cookie } } : {}) }
}

export const secondFactorRoutes: readonly Route[] = [
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
]
