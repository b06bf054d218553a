import { type Block, createBlockReader } from '../management/blocks.ts'
import type { Connection } from '../management/connection.ts'
import { SwitchFailure } from '../management/failure.ts'
import { isFit } from '../management/fit.ts'
import { createSwitchSender } from '../management/sender.ts'
import type { Switch } from '../management/switch.ts'
import type { Sender, Wake, WakeAnswer } from '../wake.ts'

/**
 * Tells devices through FreeSWITCH's event socket: a NOTIFY event for every registration of the user in the profile.
 * FreeSWITCH says that it has the event and no more, not even when nobody is registered. Its commands that look shorter
 * (`check_sync`) drop every registration there is when their argument is empty, and are never used.
 */
export function createFreeswitchSender(): Sender {
  return createSwitchSender(freeswitch)
}

const freeswitch: Switch = {
  name: 'FreeSWITCH',
  reader: () => createBlockReader({ banner: false }),
  unfit,
  signIn: async (connection, { user, password = '' }) => {
    const { headers } = await connection.expect(() => true)
    const type = headers.get('content-type')
    if (type === 'text/rude-rejection') {
      throw new SwitchFailure('refused', 'its access list does not let this server in')
    }
    if (type !== 'auth/request') {
      throw new SwitchFailure('misconfigured', 'what answers there is no event socket of FreeSWITCH')
    }
    const reply = replyText(
      await command(connection, [user === undefined ? `auth ${password}` : `userauth ${user}:${password}`]),
    )
    if (!reply.startsWith('+OK')) throw new SwitchFailure('credentials', 'the sign-in failed')
  },
  order: async (connection, wake) => readAnswer(await command(connection, notifyOf(wake))),
}

/** FreeSWITCH forgets a NOTIFY in silence unless all five headers are there. */
function notifyOf({ users: [user = ''], event, sip, reboot }: Wake): readonly string[] {
  return [
    'sendevent NOTIFY',
    `profile: ${profileOf(reboot)}`,
    'content-type: application/simple-message-summary',
    `event-string: ${event}`,
    `user: ${user}`,
    `host: ${sip.domain}`,
  ]
}

/** Replies come in the order of the commands and bear nothing of them. */
function command(connection: Connection, lines: readonly string[]): Promise<Block> {
  return connection.ask(
    `${lines.join('\n')}\n\n`,
    ({ headers }) => headers.get('content-type') === 'command/reply',
  )
}

function unfit({ users: [user], event, sip, reboot }: Wake): string | undefined {
  if (user === undefined) return 'the device has no line to be told through'
  if (!isFit('user', user)) return 'the SIP user of its first line has characters that FreeSWITCH may misread'
  if (!isFit('event', event)) return 'the Event for this device has characters that FreeSWITCH may misread'
  if (!isFit('host', sip.domain)) return 'the SIP domain has characters that FreeSWITCH may misread'
  if (!isFit('profile', profileOf(reboot))) return 'the profile has characters that FreeSWITCH may misread'
  if (!reboot.password) return 'FreeSWITCH needs a password'
  if (reboot.user !== undefined && !isFit('account', reboot.user))
    return 'the user for FreeSWITCH is no user@domain'
  if (!isFit('line', reboot.password)) return 'the password for FreeSWITCH has control characters'
  return undefined
}

function profileOf({ profile = 'internal' }: Wake['reboot']): string {
  return profile
}

function replyText({ headers }: Block): string {
  return (headers.get('reply-text') ?? '').replace(/[^\x20-\x7e]+/g, ' ').slice(0, 120)
}

function readAnswer(block: Block): WakeAnswer {
  const reply = replyText(block)
  if (reply.startsWith('+OK')) return { result: 'queued', detail: 'the event was taken' }
  return { result: 'refused', detail: reply || 'no reason given' }
}
