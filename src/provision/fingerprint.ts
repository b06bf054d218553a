import { hash } from 'node:crypto'

/** What tells one file's bytes from any others'. */
export interface Fingerprint {
  /** 22 characters that may stand in an ETag. */
  readonly text: string
  readonly sections: readonly Section[]
}

/** A stretch of a file, and the hashes of its blocks, the last block first. */
interface Section {
  readonly begin: number
  readonly end: number
  readonly blocks: readonly string[]
}

/** A file that was made before, which may have blocks in common with the next one. */
export interface Printed {
  readonly body: Buffer
  readonly sections: readonly Section[]
}

/** Large enough that calling the hash costs little, small enough that few bytes share a block with one that differs. */
const blockSize = 4096

/** Where comments begin in most formats, and with them what is said of another subject. */
const cut = 0x23

/**
 * A function of the bytes alone: files are cut into sections before comments, those into blocks of one size, and what
 * is hashed is the list of the blocks' hashes. Blocks are counted from the end of their section, since sections of one
 * model end alike, where they empty what is not used, and begin at different lengths. A block that is the same in the
 * file `like` is not hashed again; that never changes what comes out.
 */
export function fingerprint(body: Buffer, like?: Printed): Fingerprint {
  if (body.length <= blockSize) return { text: digest(body, 'base64url').slice(0, 22), sections: [] }
  const sections: Section[] = []
  for (let begin = 0; begin < body.length; begin = sections.at(-1)?.end ?? body.length) {
    const found = body.indexOf(cut, begin + blockSize)
    const end = found < 0 ? body.length : found
    const known = like?.sections[sections.length]
    const same =
      like && known ? sameBlocks(body.subarray(begin, end), like.body.subarray(known.begin, known.end)) : 0
    sections.push({ begin, end, blocks: blocksOf(body.subarray(begin, end), known?.blocks.slice(0, same)) })
  }
  const list = sections.map(({ blocks }) => blocks.join('')).join(' ')
  return { text: digest(list, 'base64url').slice(0, 22), sections }
}

/** How many whole blocks two sections have in common at their end. */
function sameBlocks(one: Buffer, other: Buffer): number {
  const most = Math.floor(Math.min(one.length, other.length) / blockSize)
  for (let same = 0; same < most; same++) {
    const [mine, theirs] = [one.length - same * blockSize, other.length - same * blockSize]
    if (one.compare(other, theirs - blockSize, theirs, mine - blockSize, mine) !== 0) return same
  }
  return most
}

function blocksOf(section: Buffer, known: readonly string[] = []): readonly string[] {
  const blocks = [...known]
  for (let end = section.length - blocks.length * blockSize; end > 0; end -= blockSize) {
    blocks.push(digest(section.subarray(Math.max(0, end - blockSize), end), 'hex'))
  }
  return blocks
}

/** The revision that files are together, from their names and fingerprints in their order. */
export function revisionOf(files: readonly { readonly name: string; readonly etag: string }[]): string {
  return digest(files.map(({ name, etag }) => `${name}\0${etag}\0`).join(''), 'hex').slice(0, 16)
}

/** Faster than SHA-256 where the processor has no instructions for that, and as good as it everywhere. */
function digest(of: Buffer | string, encoding: 'hex' | 'base64url'): string {
  return hash('blake2b512', of, encoding)
}
