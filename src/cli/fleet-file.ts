import { lstat, readFile } from 'node:fs/promises'
import { type FleetEntries, readEntries } from '../fleet/entries.ts'
import { FleetFailure } from '../fleet/failure.ts'
import { maxFileBytes, parseFleetText } from '../fleet/parse.ts'
import type { Context } from './context.ts'

/** A fleet file by its name, or `-` for what comes in on stdin. */
export async function readFleetFile(context: Context, file: string): Promise<FleetEntries> {
  return readEntries(parseFleetText(await readGiven(context, file)))
}

/** The bytes of a file that is named, or of what comes in on stdin. */
export function readGiven(context: Context, file: string): Promise<Uint8Array> {
  return file === '-' ? readAll(context.input()) : readPlainFile(file)
}

/** Only a plain file: a link may be turned to another file between the plan and its application. */
async function readPlainFile(file: string): Promise<Uint8Array> {
  const refuse = (code: string, message: string, remedy: string) => new FleetFailure(code, message, remedy)
  try {
    const stats = await lstat(file)
    if (stats.isSymbolicLink())
      throw refuse('file-link', `${file} is a symbolic link`, 'name the file that it leads to')
    if (!stats.isFile()) throw refuse('file-unreadable', `${file} is not a file`, 'name a file')
    if (stats.size > maxFileBytes)
      throw refuse(
        'file-too-large',
        `${file} has ${Math.ceil(stats.size / 1048576)} MB`,
        'split it by company; at most 32 MB are read',
      )
    return await readFile(file)
  } catch (error) {
    if (error instanceof FleetFailure) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT')
      throw refuse('file-missing', `there is no file ${file}`, 'check the name and the folder')
    if (code === 'EACCES')
      throw refuse(
        'file-unreadable',
        `${file} may not be read by this user`,
        'allow it, or run as another user',
      )
    throw error
  }
}

async function readAll(input: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.byteLength
    if (size > maxFileBytes)
      throw new FleetFailure('file-too-large', 'more than 32 MB came in', 'split the fleet by company')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
