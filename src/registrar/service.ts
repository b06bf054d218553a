import { type Settings, writtenAddress } from '../settings.ts'
import type { Accounts } from '../store/accounts.ts'
import { type FeedKeeper, startFeedKeeper } from './feed-keeper.ts'
import { startListener } from './listener.ts'
import type { RegistrarLog } from './log.ts'

export interface RegistrarParts {
  readonly store: { readonly accounts: Accounts }
  readonly settings: Pick<Settings, 'registrar' | 'registrarToken' | 'registrarDatabase'>
  readonly log: RegistrarLog
  readonly now?: () => number
}

export interface Registrar {
  /** Where SIP servers are answered, when they are. */
  readonly address?: string
  close(): Promise<void>
}

/** Lets SIP servers know the accounts of lines: over HTTP, in a database of their own, both or neither, as it is set. */
export async function startRegistrar({
  store: { accounts },
  settings: { registrar, registrarToken, registrarDatabase },
  log,
  now = Date.now,
}: RegistrarParts): Promise<Registrar> {
  const listener =
    registrar === 'off' || registrarToken === undefined
      ? undefined
      : await startListener({ listen: registrar, token: registrarToken, accounts, log, now })
  const keeper: FeedKeeper | undefined =
    registrarDatabase && startFeedKeeper({ where: registrarDatabase, accounts, log })
  return {
    ...(listener
      ? { address: writtenAddress({ host: listener.address.address, port: listener.address.port }) }
      : {}),
    async close() {
      await listener?.close()
      await keeper?.close()
    },
  }
}
