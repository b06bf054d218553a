import { type Expression, type RawBuilder, sql } from 'kysely'

/** Letters with the signs that people leave out when they look for somebody. */
const folded: Readonly<Record<string, string>> = {
  a: 'àâäáãÀÂÄÁÃ',
  c: 'çÇ',
  e: 'éèêëÉÈÊË',
  i: 'îïíìÎÏÍÌ',
  n: 'ñÑ',
  o: 'ôöóòõÔÖÓÒÕ',
  u: 'ùûüúÙÛÜÚ',
  y: 'ÿŸ',
}

const pairs = Object.entries(folded).flatMap(([plain, signed]) => [...signed].map((each) => [each, plain]))

/** A text without its accents and in lower case, as every database can work it out. */
export function foldedInSql(text: Expression<unknown>): RawBuilder<string> {
  const plain = pairs.reduce<Expression<unknown>>(
    (inner, [signed, bare]) => sql`replace(${inner}, ${sql.lit(signed)}, ${sql.lit(bare)})`,
    text,
  )
  return sql<string>`lower(${plain})`
}

/** The same for what is looked for. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A pattern that finds exactly this text anywhere; to be used with `escape '\'`. */
export function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
