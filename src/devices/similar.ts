import { typingFaults } from '../domain/nearest.ts'

/** Longer than any id, and short enough that comparing costs nothing. */
const longest = 40
const offered = 3

/**
 * Model ids that a mistyped one may have meant, best first. Case and separators do not count, and the maker may be
 * missing or wrong: `vvx450` and `yealink/vvx-450` both mean `polycom/vvx-450`.
 */
export function similarIds(typed: string, ids: readonly string[]): readonly string[] {
  if (typed.length > longest) return []
  return ids
    .map((id) => ({ id, ...closeness(typed, id) }))
    .filter(({ close }) => close)
    .sort((a, b) => a.name - b.name || a.rest - b.rest || a.whole - b.whole)
    .slice(0, offered)
    .map(({ id }) => id)
}

interface Closeness {
  readonly close: boolean
  readonly name: number
  /** 0 where only the end is missing, which is likelier than another letter: `t54` means a T54S before a T53. */
  readonly rest: number
  readonly whole: number
}

function closeness(typed: string, id: string): Closeness {
  const name = typingFaults(bare(slug(typed)), bare(slug(id)))
  const whole = typingFaults(bare(typed), bare(id))
  return {
    close: name <= slips(slug(typed)) || whole <= slips(typed),
    name,
    rest: bare(slug(id)).startsWith(bare(slug(typed))) ? 0 : 1,
    whole,
  }
}

/** A slip for every four letters, at least one. */
function slips(text: string): number {
  return Math.max(1, Math.floor(bare(text).length / 4))
}

function slug(id: string): string {
  return id.slice(id.indexOf('/') + 1)
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}
