import type { DeviceFile, Driver, LaidFile, ServerFacts, Templates } from '../devices/driver.ts'
import type { DeviceIntent } from '../domain/device-intent.ts'
import type { Model } from '../domain/model.ts'
import { bytesOf } from './bytes.ts'
import { fingerprint, type Printed, revisionOf } from './fingerprint.ts'

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

/**
 * Intent to files: the same intent gives the same bytes and the same revision, always. `former` is what the device had
 * until now: a file that stays as it was is not made a second time.
 */
export function renderDevice(
  driver: Driver,
  device: DeviceIntent,
  server: ServerFacts,
  templates: Templates,
  former?: Rendered,
): Rendered {
  const last = lastOf(device.model)
  const files = driver
    .render(device, server, templates)
    .map((file, i) => fileLike(file, last, i, former?.files.get(file.name.toLowerCase())))
  return { revision: revisionOf(files), files: new Map(files.map((file) => [file.name.toLowerCase(), file])) }
}

/** One file, with the fingerprint that tells it from its former self. */
export function renderedFile({ name, contentType, body: text, secret }: DeviceFile): RenderedFile {
  const body = Buffer.from(text)
  return { name, contentType, body, etag: `"${fingerprint(body).text}"`, secret }
}

/** The files that were made last for a device of the model, in the driver's order. */
const lastByModel = new WeakMap<Model, Printed[]>()

function lastOf(model: Model): Printed[] {
  const last = lastByModel.get(model) ?? []
  lastByModel.set(model, last)
  return last
}

function fileLike(
  { name, contentType, body: text, secret }: LaidFile,
  last: Printed[],
  i: number,
  former: RenderedFile | undefined,
): RenderedFile {
  const bytes = bytesOf(typeof text === 'string' ? [text] : text)
  if (former?.body.equals(bytes)) {
    const { body, etag } = former
    return { name, contentType, body, etag, secret }
  }
  const { text: mark, sections } = fingerprint(bytes, last[i])
  const body = Buffer.from(bytes)
  last[i] = { body, sections }
  return { name, contentType, body, etag: `"${mark}"`, secret }
}
