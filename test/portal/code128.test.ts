import { BinaryBitmap, Code128Reader, HybridBinarizer, RGBLuminanceSource } from '@zxing/library'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barcodePicture } from './helpers/labels.ts'

/** What a scanner reads in a picture. */
function scanned(picture: readonly (readonly boolean[])[]): string {
  const light = Uint8ClampedArray.from(picture.flat(), (isBlack) => (isBlack ? 0 : 255))
  const source = new RGBLuminanceSource(light, picture[0]?.length ?? 0, picture.length)
  return new Code128Reader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText()
}

test('a scanner reads back every text that is written', () => {
  const printable = fc
    .array(fc.integer({ min: 33, max: 126 }), { minLength: 1, maxLength: 24 })
    .map((codes) => String.fromCharCode(...codes))
  fc.assert(
    fc.property(printable, (text) => {
      expect(scanned(barcodePicture(text))).toBe(text)
    }),
    { numRuns: 10 },
  )
})

test('an address is read as its label has it', () => {
  expect(scanned(barcodePicture('64167FB269D6'))).toBe('64167FB269D6')
})
