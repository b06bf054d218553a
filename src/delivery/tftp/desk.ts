import type { TftpFiles, TftpLog } from './files.ts'
import type { Gate } from './limits.ts'
import type { Clock } from './patience.ts'
import type { Sockets } from './sockets.ts'
import type { Table } from './table.ts'

/** What serving a request takes. */
export interface Desk {
  readonly files: TftpFiles
  readonly log: TftpLog | undefined
  readonly sockets: Sockets
  readonly table: Table
  readonly gate: Gate
  readonly clock: Clock
  /** Counts a request that a limit left unheard. */
  turnedAway(): void
}
