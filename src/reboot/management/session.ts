import { type Connection, openConnection } from './connection.ts'
import { SwitchFailure } from './failure.ts'
import type { ServerAddress } from './server-address.ts'
import type { Account, Switch } from './switch.ts'

/** How long a line to a switch stays without work. */
const idleTime = 30_000

export interface Session {
  /** Does one piece of work on the line once it is signed in. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  end(failure: SwitchFailure): void
}

/** A line to a switch that is signed in once, is shared by everybody who has work, and ends when nobody has. */
export function openSession(
  protocol: Switch,
  address: ServerAddress,
  account: Account,
  onEnd: () => void,
): Session {
  let working = 0
  let idle: NodeJS.Timeout | undefined
  const connection = openConnection(address, address.port === protocol.tlsPort, protocol.reader(), () => {
    clearTimeout(idle)
    onEnd()
  })
  const ready = protocol.signIn(connection, account)
  ready.catch((error: unknown) => connection.end(asFailure(error)))
  const rest = (): void => {
    if (working > 0) return
    idle = setTimeout(() => connection.end(new SwitchFailure('silent', 'nobody had work')), idleTime)
    idle.unref()
  }
  return {
    use: async (work) => {
      working += 1
      clearTimeout(idle)
      try {
        await ready
        return await work(connection)
      } finally {
        working -= 1
        rest()
      }
    },
    end: connection.end,
  }
}

function asFailure(error: unknown): SwitchFailure {
  return error instanceof SwitchFailure ? error : new SwitchFailure('misconfigured', 'the sign-in failed')
}
