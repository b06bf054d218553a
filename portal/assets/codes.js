/** Reads the codes in a picture: by the browser's own detector where there is one, otherwise by a program of ours. */
const formats = ['code_128', 'code_39', 'qr_code', 'data_matrix']
/** Larger pictures say no more about a label, and take long. */
const largest = 1600

/** A function that gives the texts of the codes in a video's picture, a photo or a canvas. */
export async function openReader(program) {
  const known = (await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? []
  if (known.includes('code_128') && known.includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: formats.filter((format) => known.includes(format)) })
    return async (picture) => (await detector.detect(picture)).map(({ rawValue }) => rawValue)
  }
  await loaded(program)
  return zxingReader(globalThis.ZXing)
}

function loaded(program) {
  if (globalThis.ZXing) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = program
    script.addEventListener('load', resolve)
    script.addEventListener('error', reject)
    document.head.append(script)
  })
}

function zxingReader(zxing) {
  const reader = new zxing.MultiFormatReader()
  const { CODE_128, CODE_39, QR_CODE, DATA_MATRIX } = zxing.BarcodeFormat
  const hints = new Map([
    [zxing.DecodeHintType.POSSIBLE_FORMATS, [CODE_128, CODE_39, QR_CODE, DATA_MATRIX]],
    [zxing.DecodeHintType.TRY_HARDER, true],
  ])
  reader.setHints(hints)
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (picture) => {
    const width = picture.videoWidth ?? picture.width
    const height = picture.videoHeight ?? picture.height
    const share = Math.min(1, largest / Math.max(width, height))
    canvas.width = Math.round(width * share)
    canvas.height = Math.round(height * share)
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const source = new zxing.HTMLCanvasElementLuminanceSource(canvas)
    try {
      return [reader.decodeWithState(new zxing.BinaryBitmap(new zxing.HybridBinarizer(source))).getText()]
    } catch {
      // Nothing that looks like a code.
      return []
    }
  }
}
