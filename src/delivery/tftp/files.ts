import type { FileHandle } from 'node:fs/promises'

/** Who asks. IPv4 addresses are written plainly, also when they reached an IPv6 socket. */
export interface TftpPeer {
  readonly address: string
  readonly port: number
}

export interface ReadOutcome {
  /** Bytes the peer has acknowledged. */
  readonly bytes: number
  /** The last block was acknowledged: only then does the device hold the whole file. */
  readonly complete: boolean
}

export type TftpRefusal = { readonly error: 'not-found' | 'access' }

/** `done` is called exactly once for every answer that holds a file, also when nothing of it was sent. */
type WithOutcome = { readonly done?: (outcome: ReadOutcome) => void }

export type TftpAnswer =
  | TftpRefusal
  | ({ readonly body: Buffer } & WithOutcome)
  /** An image too large for memory. The server reads it piece by piece and closes the handle in the end. */
  | ({ readonly file: FileHandle; readonly size: number } & WithOutcome)

/** Where an upload goes. Exactly one of `commit` and `abort` is called, and `abort` again if the commit fails. */
export interface TftpSink {
  readonly maxBytes: number
  /** The last acknowledgement leaves only after this has resolved, so what is acknowledged is kept. */
  commit(body: Buffer): void | Promise<void>
  abort(): void
}

/** What the TFTP server serves. Names come cleaned: no leading slash, no empty segment, no `.` and no `..`. */
export interface TftpFiles {
  read(name: string, peer: TftpPeer): TftpAnswer | Promise<TftpAnswer>
  /** Without it every upload is refused. */
  write?(name: string, peer: TftpPeer): TftpSink | TftpRefusal | Promise<TftpSink | TftpRefusal>
}

/** The part of a logger the server needs; a pino logger fits. */
export interface TftpLog {
  debug(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}
