/** Widths of bars and gaps, in turns, for each value of Code 128, as ISO/IEC 15417 lists them. */
const widths =
  `212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132
122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123
212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422
121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142
121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311
113141 114131 311141 411131 211412 211214 211232`.split(/\s+/)
const startB = 104
const stop = '2331112'
/** As many modules stay white at both ends, so that a reader sees where it begins. */
const quiet = 10

export interface Barcode {
  /** In modules, the white ends among them. */
  readonly width: number
  /** An outline of all bars, one module high. */
  readonly path: string
}

/** A text of printable ASCII as Code 128, to be read by any scanner. */
export function code128(text: string): Barcode {
  const values = [...text].map((letter) => letter.charCodeAt(0) - 32)
  const sum = values.reduce((all, value, i) => all + value * (i + 1), startB)
  const modules = [startB, ...values, sum % 103].map((value) => widths[value]).join('') + stop
  let at = quiet
  let path = ''
  for (const [i, digit] of [...modules].entries()) {
    const width = Number(digit)
    if (i % 2 === 0) path += `M${at} 0h${width}v1h-${width}z`
    at += width
  }
  return { width: at + quiet, path }
}
