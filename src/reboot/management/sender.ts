import { createOneAtATime } from '../one-at-a-time.ts'
import type { Sender, Wake, WakeAnswer } from '../wake.ts'
import type { Connection } from './connection.ts'
import { SwitchFailure } from './failure.ts'
import { readServerAddress, type ServerAddress } from './server-address.ts'
import { openSession, type Session } from './session.ts'
import type { Account, Switch } from './switch.ts'

/** From the wish to the switch's answer, signing in included. */
const timeLimit = 5_000

/** Tells devices through switches of one kind, over one line for each switch and account. */
export function createSwitchSender(protocol: Switch): Sender {
  const sessions = new Map<string, Session>()
  const oneAtATime = createOneAtATime()
  let closed = false

  const sessionFor = (address: ServerAddress, account: Account): Session => {
    const key = JSON.stringify([address, account.user, account.password])
    const open = sessions.get(key)
    if (open) return open
    const session = openSession(protocol, address, account, () => sessions.delete(key))
    sessions.set(key, session)
    return session
  }

  const tell = async (wake: Wake): Promise<WakeAnswer> => {
    if (closed) return { result: 'silent', detail: 'this server is stopping' }
    const { server } = wake.reboot
    if (server === undefined) return misconfigured(`the company names no ${protocol.name} server`)
    const address = readServerAddress(server)
    if (!address) return misconfigured(`the company's ${protocol.name} server is no host:port`)
    const unfit = protocol.unfit(wake)
    if (unfit !== undefined) return misconfigured(unfit)
    const session = sessionFor(address, wake.reboot)
    const answer = await inTime(session, (connection) => protocol.order(connection, wake))
    return { ...answer, detail: `${protocol.name} at ${server}: ${answer.detail}` }
  }

  return {
    wake: (wake) => oneAtATime(wake.mac, () => tell(wake)),
    close: async () => {
      closed = true
      for (const session of sessions.values()) {
        session.end(new SwitchFailure('silent', 'this server is stopping'))
      }
    },
  }
}

/** A switch that lets one command wait lets all wait: the line is given up, and the next starts afresh. */
async function inTime(
  session: Session,
  work: (connection: Connection) => Promise<WakeAnswer>,
): Promise<WakeAnswer> {
  const limit = setTimeout(() => {
    session.end(new SwitchFailure('silent', `no answer within ${timeLimit / 1000} s`))
  }, timeLimit)
  try {
    return await session.use(work)
  } catch (error) {
    if (error instanceof SwitchFailure) return error.answer
    return { result: 'misconfigured', detail: 'the conversation failed' }
  } finally {
    clearTimeout(limit)
  }
}

function misconfigured(detail: string): WakeAnswer {
  return { result: 'misconfigured', detail }
}
