import type { RebootSettings } from '../../domain/intent.ts'
import type { Wake, WakeAnswer } from '../wake.ts'
import type { BlockReader } from './blocks.ts'
import type { Connection } from './connection.ts'

/** Who signs in at a switch. */
export type Account = Pick<RebootSettings, 'user' | 'password'>

/** One kind of switch: what is said to it over its management port. */
export interface Switch {
  readonly name: string
  /** The port that always speaks TLS, where there is one. */
  readonly tlsPort?: number
  reader(): BlockReader
  /** What stands in the way of even trying, in plain words; nothing that it names is repeated. */
  unfit(wake: Wake): string | undefined
  /** Throws a SwitchFailure where the switch does not let us in. */
  signIn(connection: Connection, account: Account): Promise<void>
  order(connection: Connection, wake: Wake): Promise<WakeAnswer>
}
