import { BarcodeFormat, QRCodeWriter } from '@zxing/library'

export interface QrCode {
  /** Of each side, in modules, with the quiet zone around. */
  readonly size: number
  /** An outline of all that is black, one stroke for each row of neighbours. */
  readonly path: string
}

export function qrCode(text: string): QrCode {
  const matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, new Map())
  // The writer leaves a quiet zone around by itself.
  const size = matrix.getWidth()
  const rows = Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => (matrix.get(x, y) ? '1' : '0')).join(''),
  )
  const strokes = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  )
  return { size, path: strokes.join('') }
}
