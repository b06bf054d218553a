import { writeFileSync } from 'node:fs'
import { BarcodeFormat, QRCodeWriter } from '@zxing/library'
import { code128 } from '../../../src/admin/portal/install/code128.ts'

/** Rows of a picture, true where it is black. */
type Picture = readonly (readonly boolean[])[]

const size = { width: 640, height: 480 }

/** The stripes of an outline made of bars one module high. */
function stripes(path: string, width: number): readonly boolean[] {
  const row = Array.from({ length: width }, () => false)
  for (const [, from, bars] of path.matchAll(/M(\d+) 0h(\d+)/g))
    row.fill(true, Number(from), Number(from) + Number(bars))
  return row
}

/** A label's barcode, as a camera sees it that is held before it. */
export function barcodePicture(text: string): Picture {
  const { path, width } = code128(text)
  const row = stripes(path, width)
  return scaled(Array.from({ length: 60 }, () => row))
}

export function qrPicture(text: string): Picture {
  const matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, new Map())
  return scaled(
    Array.from({ length: matrix.getHeight() }, (_, y) =>
      Array.from({ length: matrix.getWidth() }, (_, x) => matrix.get(x, y)),
    ),
  )
}

/** In the middle of the picture, as large as it goes. */
function scaled(small: Picture): Picture {
  const [width, height] = [small[0]?.length ?? 0, small.length]
  const by = Math.floor(Math.min(size.width / width, size.height / height))
  const [left, top] = [(size.width - width * by) >> 1, (size.height - height * by) >> 1]
  return Array.from({ length: size.height }, (_, y) =>
    Array.from(
      { length: size.width },
      (_, x) => small[Math.floor((y - top) / by)]?.[Math.floor((x - left) / by)] ?? false,
    ),
  )
}

/** A film that Chromium takes for its camera: every picture for some moments, again and again. */
export function writeFilm(file: string, pictures: readonly Picture[]): void {
  const chroma = Buffer.alloc((size.width * size.height) / 2, 128)
  const frames = pictures.flatMap((picture) => {
    const luma = Buffer.from(picture.flatMap((row) => row.map((isBlack) => (isBlack ? 16 : 235))))
    const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
    return [frame, frame, frame]
  })
  const head = Buffer.from(`YUV4MPEG2 W${size.width} H${size.height} F10:1 Ip A1:1 C420\n`)
  writeFileSync(file, Buffer.concat([head, ...frames]))
}

/** The same as a drawing, to be photographed. */
export function drawing(picture: Picture): string {
  const dots = picture.flatMap((row, y) => row.flatMap((isBlack, x) => (isBlack ? `M${x} ${y}h1v1h-1z` : [])))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"><rect width="100%" height="100%" fill="#fff"/><path d="${dots.join('')}"/></svg>`
}
