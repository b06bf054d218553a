export interface Span {
  readonly from: number
  /** The first byte that is no longer of it. */
  readonly to: number
}

/**
 * The bytes asked for. Nothing when the whole is to be sent: no range, several, another unit, or one that cannot be
 * read; `none` when the file has no byte of it.
 */
export function rangeOf(header: string | undefined, size: number): Span | 'none' | undefined {
  if (header === undefined) return undefined
  const found = /^bytes=(\d*)-(\d*)$/i.exec(header.trim())
  if (!found) return undefined
  const [, first = '', last = ''] = found
  if (first === '') {
    if (last === '') return undefined
    const from = Math.max(0, size - Number(last))
    return from < size ? { from, to: size } : 'none'
  }
  const from = Number(first)
  if (last !== '' && Number(last) < from) return undefined
  if (from >= size) return 'none'
  return { from, to: last === '' ? size : Math.min(size, Number(last) + 1) }
}
