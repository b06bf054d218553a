import { BinaryBitmap, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from '@zxing/library'
import { expect, test } from 'vitest'
import { totpUri } from '../../src/admin/people/totp.ts'
import { type QrCode, qrCode } from '../../src/admin/portal/account/qr-code.ts'

const scale = 6

/** What a camera reads in the drawing. */
function scanned({ size, path }: QrCode): string {
  const side = size * scale
  const light = new Uint8ClampedArray(side * side).fill(255)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const from = row * side + Number(x) * scale
      light.fill(0, from, from + Number(length) * scale)
    }
  }
  const source = new RGBLuminanceSource(light, side, side)
  return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText()
}

test('an app reads the secret from the code', async () => {
  const uri = totpUri(Buffer.from('0123456789abcdefghij'), 'maud.aubert+bootline@example.net')
  const code = await qrCode(uri)
  expect(scanned(code)).toBe(uri)
})

test('there is room around it', async () => {
  const { size, path } = await qrCode('otpauth://totp/x')
  const ends = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].flatMap(([, x, y, length]) => [
    [Number(x), Number(x) + Number(length)],
    [Number(y), Number(y) + 1],
  ])
  expect(Math.min(...ends.map(([from = 0]) => from))).toBe(4)
  expect(Math.max(...ends.map(([, to = 0]) => to))).toBe(size - 4)
})
