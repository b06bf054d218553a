export interface QrCode {
  /** Of each side, in modules, with the quiet zone around. */
  readonly size: number
  /** An outline of all that is black, one stroke for each row of neighbours. */
  readonly path: string
}

export async function qrCode(text: string): Promise<QrCode> {
  // Few people ever need one: the server does not wait for its maker when it starts.
  const { BarcodeFormat, QRCodeWriter } = await import('@zxing/library')
  // The writer leaves a quiet zone around by itself.
  const matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, new Map())
  const size = matrix.getWidth()
  const rows = Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => (matrix.get(x, y) ? '1' : '0')).join(''),
  )
  const strokes = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  )
  return { size, path: strokes.join('') }
}
