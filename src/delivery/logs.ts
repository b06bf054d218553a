import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * Puts a piece behind a log, and lets the log's beginning fall away where it grows too long; says whether the log was
 * there. All devices of a site send their logs when power returns, and handing these few bytes to another thread and
 * back at each step was among the largest parts of such a storm. Nor does anybody wait for the disk: the next log tells as
 * much as one that a power cut takes away.
 */
export function keepLog(file: string, piece: Buffer, most: number): 'new' | 'longer' {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  if (size === undefined) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    replace(file, piece.subarray(-most))
    return 'new'
  }
  if (size + piece.length > most) replace(file, Buffer.concat([readFileSync(file), piece]).subarray(-most))
  else append(file, piece, size)
  return 'longer'
}

/** Where a file is written before it is put in its place. */
export function draftOf(file: string): string {
  return `${file}.part-${process.pid}-${Math.random().toString(36).slice(2)}`
}

/** A piece is there as a whole or not at all, also when the disk is full in the middle of it. */
function append(file: string, piece: Buffer, size: number): void {
  try {
    appendFileSync(file, piece)
  } catch (error) {
    truncateSync(file, size)
    throw error
  }
}

function replace(file: string, whole: Buffer): void {
  const draft = draftOf(file)
  try {
    writeFileSync(draft, whole, { mode: 0o600, flag: 'wx' })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
