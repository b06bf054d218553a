import { type Block, createBlockReader } from '../management/blocks.ts'
import { SwitchFailure } from '../management/failure.ts'
import { isFit } from '../management/fit.ts'
import { createSwitchSender } from '../management/sender.ts'
import type { Switch } from '../management/switch.ts'
import type { Sender, Wake, WakeAnswer, WakeResult } from '../wake.ts'
import { act, challengeKey, isSuccess, reasonOf } from './ami.ts'

/**
 * Tells devices through Asterisk's manager interface: `PJSIPNotify` to the endpoint that has the name of the line's SIP
 * user, which goes to every contact it has. Asterisk does not tell what a device answers.
 */
export function createAsteriskSender(): Sender {
  return createSwitchSender(asterisk)
}

const asterisk: Switch = {
  name: 'Asterisk',
  tlsPort: 5039,
  reader: () => createBlockReader({ banner: true }),
  unfit,
  signIn: async (connection, { user = '', password = '' }) => {
    const greeting = await connection.expect(() => true)
    if (!greeting.text.startsWith('Asterisk Call Manager/')) {
      throw new SwitchFailure('misconfigured', 'what answers there is no manager interface of Asterisk')
    }
    const offer = await act(connection, 'Challenge', [['AuthType', 'MD5']])
    const challenge = offer.headers.get('challenge')
    if (!isSuccess(offer) || challenge === undefined) {
      throw new SwitchFailure('misconfigured', `it gives no challenge to sign in with (${reasonOf(offer)})`)
    }
    const login = await act(connection, 'Login', [
      ['AuthType', 'MD5'],
      ['Username', user],
      ['Key', challengeKey(challenge, password)],
      ['Events', 'off'],
    ])
    if (!isSuccess(login)) throw new SwitchFailure('credentials', `the sign-in failed (${reasonOf(login)})`)
  },
  order: async (connection, { users: [user = ''], event }) =>
    readAnswer(
      await act(connection, 'PJSIPNotify', [
        ['Endpoint', user],
        ['Variable', `Event=${event}`],
      ]),
    ),
}

function unfit({ users: [user], event, reboot }: Wake): string | undefined {
  if (user === undefined) return 'the device has no line to be told through'
  if (!isFit('user', user)) return 'the SIP user of its first line has characters that Asterisk may misread'
  if (!isFit('event', event)) return 'the Event for this device has characters that Asterisk may misread'
  if (!reboot.user || !reboot.password) return 'Asterisk needs a user and a password'
  if (!isFit('line', reboot.user)) return 'the user for Asterisk has control characters'
  return undefined
}

/** How the reasons begin, from the manager itself and from its module for NOTIFY. */
const reasons: readonly (readonly [start: string, result: WakeResult])[] = [
  ['unable to retrieve endpoint', 'absent'],
  ['permission denied', 'refused'],
  ['invalid/unknown command', 'misconfigured'],
  ['unable to push', 'overloaded'],
  ['unable to allocate', 'overloaded'],
]

function readAnswer(block: Block): WakeAnswer {
  const reason = reasonOf(block)
  if (isSuccess(block)) return { result: 'queued', detail: reason }
  const known = reasons.find(([start]) => reason.toLowerCase().startsWith(start))
  return { result: known?.[1] ?? 'refused', detail: reason }
}
