import { nothing } from './entry.ts'

/** What most values are: on one line, of Latin letters, and without a sign at its ends that means something. */
const usual = /^[!$-~¡-ſ](?:[ -~¡-ſ]*[!-~¡-ſ])?$/

/** Line ends, control characters and lone surrogates: a value ends where its line ends, and no escape exists. */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu

/**
 * Makes any text one harmless value. The device takes what follows the equals sign as it stands, so what could end
 * the line goes; quotes, which the device takes off, hold what it might otherwise read as a comment or trim away.
 * A text of which nothing is left empties the parameter, since a blank one would keep its former value.
 */
export function cfgValue(text: string): string {
  if (usual.test(text)) return text
  const line = text.replace(unprintable, '')
  if (line === '') return nothing
  return line.startsWith('#') || line.trim() !== line || isQuoted(line) ? `"${line}"` : line
}

/** A text in quotes of its own would lose them. */
function isQuoted(line: string): boolean {
  return line.length > 1 && line.startsWith('"') && line.endsWith('"')
}
