/**
 * What a spreadsheet would carry out instead of showing, and what would not come back as it went: written with an
 * apostrophe before it, as people do in a spreadsheet. A phone number begins with a plus and is carried out by none.
 */
export function guarded(text: string): string {
  if (/^\+\d+$/.test(text)) return text
  return /^[=+\-@\t\r']/.test(text) || text !== text.trim() ? `'${text}` : text
}

/** The text that was meant: after an apostrophe all of it as it stands, otherwise without the blanks around it. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell.trim()
}

/** What a cell says to empty a field; an empty cell says nothing. */
export const cleared = '-'
