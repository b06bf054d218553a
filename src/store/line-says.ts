import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { normaliseNumber } from '../domain/phone-number.ts'
import { anywhere, foldedWords } from './fold.ts'

/**
 * A condition on the table of lines, by what people type: pieces of a name or an address; a number or a MAC with any
 * separators, or a piece of one.
 */
export function lineSays(text: string): RawBuilder<SqlBool> {
  const words = foldedWords(text).map((word) => {
    const piece = anywhere(word)
    return sql<SqlBool>`(line.folded_names like ${piece} escape '\\' or line.email_key like ${piece} escape '\\')`
  })
  const ways = [words.length > 0 ? sql<SqlBool>`(${sql.join(words, sql` and `)})` : sql<SqlBool>`1 = 0`]
  const digits = text.replace(/\(0\)|[\s.\-()/\u00a0\u202f]/g, '')
  if (/^\+?[0-9*#]{2,20}$/.test(digits)) {
    // A piece of a number is typed with the zero of its national form as often as not.
    const piece = anywhere(normaliseNumber(digits) ?? digits)
    const bare = anywhere(digits.replace(/^(\+|00|0)(?=\d{2})/, ''))
    ways.push(
      sql<SqlBool>`line.number like ${piece}`,
      sql<SqlBool>`line.number like ${bare}`,
      sql<SqlBool>`line.short_number like ${anywhere(digits)}`,
    )
  }
  const mac = macPiece(text)
  if (mac) ways.push(sql<SqlBool>`line.id in (select line_id from equipment where mac like ${anywhere(mac)})`)
  return sql<SqlBool>`(${sql.join(ways, sql` or `)})`
}

/** A piece of a MAC in any writing, long enough to mean one. */
export function macPiece(text: string): string | undefined {
  const hex = text.toLowerCase().replace(/[\s:.-]/g, '')
  return /^[0-9a-f]{4,12}$/.test(hex) ? hex : undefined
}
