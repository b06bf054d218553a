import type { DiskFile, MemoryFile } from '../plane.ts'
import { httpDate } from './dates.ts'
import { headOf } from './whole.ts'

/** A file's headers as they are written, made once for as long as its bytes are kept: a fetch is answered with them. */
export interface Written {
  readonly contentType: string
  readonly etag: string
  readonly modifiedAt: number
  readonly lastModified: string
  readonly headers: string[]
  /** The same as bytes, with the status of an answer that is whole. */
  readonly head: Buffer
}

/** A proxy must not keep a file that holds passwords, and a device may: it asks each time whether it still holds. */
const CACHING = ['Cache-Control', 'private, no-cache']

const known = new WeakMap<Buffer, Written>()

export function writtenHeaders(file: MemoryFile | DiskFile): Written {
  if (file.kind === 'disk') return write(file, file.size)
  const former = known.get(file.body)
  if (
    former?.modifiedAt === file.modifiedAt &&
    former.etag === file.etag &&
    former.contentType === file.contentType
  ) {
    return former
  }
  const fresh = write(file, file.body.length)
  known.set(file.body, fresh)
  return fresh
}

function write(file: MemoryFile | DiskFile, size: number): Written {
  const { contentType, etag, modifiedAt } = file
  const lastModified = httpDate(modifiedAt)
  const headers = ['Content-Length', String(size), 'Content-Type', contentType, 'ETag', etag]
  headers.push('Last-Modified', lastModified, ...CACHING)
  if (file.kind === 'disk') headers.push('Accept-Ranges', 'bytes')
  return { contentType, etag, modifiedAt, lastModified, headers, head: headOf(200, headers) }
}

/** The same for a part of the file: only its length comes first. */
export function partHeaders({ headers }: Written, length: number, contentRange: string): string[] {
  return ['Content-Length', String(length), ...headers.slice(2), 'Content-Range', contentRange]
}

/** For a device that has the file. */
export function currentHeaders({ etag, lastModified }: Written): string[] {
  return ['ETag', etag, 'Last-Modified', lastModified, ...CACHING]
}

/** For a device that asks for bytes the file does not have. */
export function outOfRangeHeaders(size: number): string[] {
  return ['Content-Length', '0', 'Content-Range', `bytes */${size}`, ...CACHING]
}
