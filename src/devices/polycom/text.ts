/** The five characters of XML, the two of white space an attribute would lose, and all that XML cannot carry. */
const unusualAll = /\r\n?|[&<>"'\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu

/** The same and whole surrogate pairs besides, in one quick look: most values hold none of all that. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unusual = /[&<>"'\0-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]/

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#10;',
  '\r\n': '&#10;',
}

/**
 * Makes any text harmless as the value of an attribute. Line ends stay, as references: certificates need them. Other
 * control characters, halves of surrogate pairs and non-characters become a space, since one of them loses the file.
 */
export function attributeValue(text: string): string {
  return unusual.test(text) ? text.replace(unusualAll, (found) => references[found] ?? ' ') : text
}

const unshowable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]+/gu

/** What is shown on a screen: one line, with nothing in it that XML cannot carry. */
export function oneLine(text: string): string {
  return text.replace(unshowable, ' ').trim()
}

/** As many whole characters as fit into so many bytes of UTF-8. */
export function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let cut = ''
  let used = 0
  for (const character of text) {
    used += Buffer.byteLength(character)
    if (used > bytes) break
    cut += character
  }
  return cut.trimEnd()
}
