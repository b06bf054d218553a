import { createHash } from 'node:crypto'
import type { DeviceFile, Driver, ServerFacts, Templates } from '../devices/driver.ts'
import type { DeviceIntent } from '../domain/device-intent.ts'

/** A file as it is sent, byte for byte. */
export interface RenderedFile {
  readonly name: string
  readonly contentType: string
  readonly body: Buffer
  /** In quotes, as HTTP writes it. */
  readonly etag: string
  readonly secret: boolean
}

/** All files of one device, and the revision that they are together. */
export interface Rendered {
  readonly revision: string
  /** By name in lower case, in the driver's order. */
  readonly files: ReadonlyMap<string, RenderedFile>
}

/** Intent to files: the same intent gives the same bytes and the same revision, always. */
export function renderDevice(
  driver: Driver,
  device: DeviceIntent,
  server: ServerFacts,
  templates: Templates,
): Rendered {
  const files = driver.render(device, server, templates).map(renderedFile)
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file.name}\0${file.body.byteLength}\0`).update(file.body)
  return {
    revision: hash.digest('hex').slice(0, 16),
    files: new Map(files.map((file) => [file.name.toLowerCase(), file])),
  }
}

/** One file, with the hash that tells it from its former self. */
export function renderedFile({ name, contentType, body: text, secret }: DeviceFile): RenderedFile {
  const body = Buffer.from(text, 'utf8')
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  return { name, contentType, body, etag, secret }
}
