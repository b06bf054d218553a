import { hash } from 'node:crypto'
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
  // The tags stand for the bodies: most of a rendering's time is hashing, and once is enough.
  const named = files.map((file) => `${file.name}\0${file.etag}\0`).join('')
  return {
    revision: digest(named).toString('hex', 0, 8),
    files: new Map(files.map((file) => [file.name.toLowerCase(), file])),
  }
}

/** One file, with the hash that tells it from its former self. */
export function renderedFile({ name, contentType, body: text, secret }: DeviceFile): RenderedFile {
  const body = Buffer.from(text, 'utf8')
  const etag = `"${digest(body).toString('base64url', 0, 16)}"`
  return { name, contentType, body, etag, secret }
}

/** Faster than SHA-256 where the processor has no instructions for that, and as good as it everywhere. */
function digest(of: Buffer | string): Buffer {
  return hash('blake2b512', of, 'buffer')
}
