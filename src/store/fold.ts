/** Two letters written as one, which no decomposition takes apart. */
const joined: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l' }

/** A text as it is looked for: without accents, in lower case. What names are kept as for that is made by it as well. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøł]/g, (letter) => joined[letter] ?? letter)
}

/** The words of what somebody looks for, in whatever order they are found. */
export function foldedWords(text: string): readonly string[] {
  return fold(text).split(/\s+/).filter(Boolean).slice(0, mostWords)
}

/** Whether a name has all the words that somebody looks for. */
export function saysAll(name: string, text: string): boolean {
  const folded = fold(name)
  return foldedWords(text).every((word) => folded.includes(word))
}

/** Nobody types more to find somebody, and each costs a look at every line. */
const mostWords = 8

/** A pattern that finds exactly this text anywhere; to be used with `escape '\'`. */
export function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
