import type { Escape } from '../driver.ts'

/** Whatever ends a line for some reader, or hides from a human one: no format can carry these. */
const control = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu

/**
 * The phones' `key=value`. A comment starts with `;` or `#`; how either is read inside a value is not established. A `#`
 * is kept everywhere, since the shipped value of `voip/dialing/dial_complete_key/key` is a bare one. Files in the field
 * have comments after a value and a space, with a `;`: there it goes, so that the rest of the value stays. Should a
 * phone be met that reads them otherwise, this is the place.
 */
const lostInCfg = /(?<=^|\s);+/g

/** A gateway's ini: `;` starts a comment anywhere on the line and ends a table's row. */
const lostInIni = new RegExp(`${control.source}|;`, 'gu')

/** A gateway's table cell, besides: `,` starts the next cell, and quotes would open a string that never ends. */
const lostInCell = /[;,'"]/g

/**
 * A telephone adapter's file may be written in three dialects, by templates of the same name: what any of them reads
 * as its own (OpenRG's parentheses, the command line's quotes) is kept out of all, so that a value is safe whichever
 * template an operator laid there.
 */
const lostInConf = new RegExp(`${control.source}|[()"\`\\\\;]`, 'gu')

/** One quick look for all that any format may lose: most values hold none of it, and stay as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const suspicious = /[\0-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff;()"`\\]/

const unlessPlain =
  (lose: Escape): Escape =>
  (text) =>
    suspicious.test(text) ? lose(text) : text

export const escapes: Readonly<Record<'cfg' | 'ini' | 'conf', Escape>> = {
  cfg: unlessPlain((text) => text.replace(control, '').replace(lostInCfg, '')),
  ini: unlessPlain((text) => text.replace(lostInIni, '')),
  conf: unlessPlain((text) => text.replace(lostInConf, '')),
}

/** A value that stands in a table's row. */
export function cell(text: string): string {
  return escapes.ini(text).replace(lostInCell, '').trim()
}

/** A text in an ini file, in the single quotes that addresses and file names need there. */
export function quoted(text: string): string {
  return `'${text.replace(/'/g, '')}'`
}

/**
 * Why a SIP password cannot be written into every file of this vendor's devices, or nothing when it can. The files stay
 * harmless with such a password, but the characters that cannot be carried are missing there: the line then fails to
 * register, which is worth a warning before it happens.
 */
export function unfitPassword(password: string): string | undefined {
  if (password === '') return 'the password is empty'
  if (password !== password.trim()) return 'the password starts or ends with a space'
  if (/^\$+$/.test(password))
    return 'the password is dollar signs only, which a gateway reads as "keep the default"'
  if (cell(password) !== password)
    return 'the password holds a comma, a semicolon, a quote or a control character'
  if (escapes.conf(password) !== password)
    return 'the password holds a parenthesis, a backslash or a backquote'
  return undefined
}
