/** Rows in columns that line up; the last column is left as long as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => letters(row[i] ?? ''))),
  )
  const aligned = rows.map((row) => row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - letters(cell))))
  return aligned.map((row) => row.join('  ').trimEnd()).join('\n')
}

/** What is seen of a text, where JavaScript counts UTF-16 units. */
function letters(text: string): number {
  return [...text].length
}
