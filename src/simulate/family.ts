import type { Model } from '../domain/model.ts'
import type { Account, Understood, Values } from './understood.ts'

/** The device itself, whatever it is told to be. */
export interface Hardware {
  /** 12 lower-case hex digits. */
  readonly mac: string
  readonly model: Model
  readonly expansion: readonly string[]
}

/** A device has two programs: one that loads the other, and the one people use. */
export type Speaker = 'loader' | 'application'

export interface Answer {
  /** As HTTP counts; over TFTP 200 or 404. */
  readonly status: number
  /** Of a 304, what the device had kept. */
  readonly text: string
}

/** What a device does at its server during one start. */
export interface Visit {
  readonly hardware: Hardware
  readonly overTftp: boolean
  /** What its user changed on it, which it would keep at the server if it may. */
  readonly override: boolean
  get(name: string, as?: Speaker): Promise<Answer>
  head(name: string, as?: Speaker): Promise<Answer>
  /** The beginning of an image, to compare versions; the rest is not taken. */
  peek(name: string, as?: Speaker): Promise<Answer>
  put(name: string, body: string, as?: Speaker): Promise<Answer>
  /** From now on it answers a 401 with these. */
  signIn(account: Account): void
}

/** Files by the name they were asked under. */
export type Files = ReadonlyMap<string, string>

/** How one family of devices behaves: what it asks in which order, and what it makes of what it gets. */
export interface Family {
  userAgent(hardware: Hardware, speaker: Speaker): string | undefined
  /** Asks only for files that are newer than those it has. */
  readonly conditional?: true
  /** Fetches all it wants, and gives what there was for it. */
  start(visit: Visit): Promise<Files>
  read(files: Files, hardware: Hardware, former: Values): Understood
  /** What an earlier owner left in its memory, where only what is overwritten goes. */
  former?(hardware: Hardware): Values
  /** Characters that its files cannot carry: nobody expects them on its screen. */
  readonly loses?: RegExp
}

/** What was got, without what there was not. */
export function found(answers: ReadonlyMap<string, Answer>): Files {
  const files = new Map<string, string>()
  for (const [name, { status, text }] of answers) if (status === 200 || status === 304) files.set(name, text)
  return files
}
