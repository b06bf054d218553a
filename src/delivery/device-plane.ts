import type { Catalogue } from '../devices/catalogue.ts'
import type { DeviceFile, Driver } from '../devices/driver.ts'
import type { LiveDevice } from '../provision/live-device.ts'
import type { LiveDevices } from '../provision/live-devices.ts'
import type { PhoneBooks } from '../provision/phone-books.ts'
import { type RenderedFile, renderedFile } from '../provision/render.ts'
import type { Contradiction, Identity } from './access/identity.ts'
import type { Admission, Verdict } from './admission.ts'
import { contentTypeOf } from './content-types.ts'
import { givenBack } from './given-back.ts'
import { operatorFile } from './operator-files.ts'
import type { Answer, DevicePlane, DeviceRequest, MemoryFile, Outcome, Refusal, Upload } from './plane.ts'
import type { Recorder } from './recorder.ts'
import { type UploadKind, type Uploads, uploadKinds, uploadLimits } from './uploads.ts'

export interface PlaneParts {
  readonly live: LiveDevices
  readonly catalogue: Catalogue
  readonly admission: Admission
  readonly recorder: Recorder
  readonly uploads: Uploads
  readonly phoneBooks: PhoneBooks
  /** Firmware, languages, tones: what operators put there. */
  readonly firmwareFolder: string
  readonly sharedFile: (driver: Driver, name: string) => DeviceFile | undefined
  readonly now: () => number
}

const notFound: Refusal = { kind: 'not-found' }

/** Finds what a request means, lets admission decide, and says what goes back. */
export function createDevicePlane(parts: PlaneParts): DevicePlane {
  const { live, admission, recorder, uploads, now } = parts
  // A device says the same of itself at every boot: who it is need not be worked out anew for the same file.
  const remembered = new WeakMap<
    RenderedFile,
    { request: DeviceRequest; identity: Identity | Contradiction }
  >()

  /** When each file for everybody came to be what it is, as far as is known here. */
  const shared = new Map<string, { body: string; at: number }>()

  function sharedSince(driver: Driver, { name, body }: DeviceFile): number {
    const key = `${driver.name} ${name.toLowerCase()}`
    const before = shared.get(key)
    if (before?.body === body) return before.at
    shared.set(key, { body, at: now() })
    return now()
  }

  function identityFor(request: DeviceRequest, file: RenderedFile | undefined): Identity | Contradiction {
    const before = file && remembered.get(file)
    if (
      before &&
      before.request.userAgent === request.userAgent &&
      before.request.certificate === request.certificate
    ) {
      return before.identity
    }
    const identity = admission.identify(request)
    if (file) remembered.set(file, { request, identity })
    return identity
  }

  function get(request: DeviceRequest): Answer | Promise<Answer> {
    const found = live.byFile(request.name.toLowerCase())
    const identity = identityFor(request, found?.file)
    if ('refused' in identity)
      return refused(request, identity, admission.refuse(request, identity.mac, identity.refused))
    if (found)
      return admitted(request, identity, found.device.mac, found.device, () =>
        memoryFile(request, identity, found.device, found.file),
      )
    const { mac, macFrom } = identity
    if (mac === undefined || macFrom !== 'name') return forAnybody(request, identity)
    const device = live.byMac(mac)
    return admitted(request, identity, mac, device, () => otherName(request, identity, device))
  }

  /** Serves when admission lets it; the first contact of a device takes a moment, because it is written down first. */
  function admitted<T>(
    request: DeviceRequest,
    identity: Identity,
    mac: string,
    device: LiveDevice | undefined,
    serve: () => T | Promise<T>,
  ): T | Refusal | Promise<T | Refusal> {
    const settle = (verdict: Verdict): T | Refusal | Promise<T | Refusal> =>
      verdict.answer === 'serve' ? serve() : refused(request, identity, verdict)
    const verdict = admission.admit(request, mac, device)
    return verdict instanceof Promise ? verdict.then(settle) : settle(verdict)
  }

  function refused(
    request: DeviceRequest,
    identity: Identity | Contradiction,
    verdict: Verdict,
  ): Refusal | Promise<Refusal> {
    if (verdict.answer === 'serve') return notFound
    recorder.refused(request, identity, verdict.why, verdict.refusal)
    if (verdict.delay === 0) return verdict.refusal
    return new Promise((resolve) => setTimeout(resolve, verdict.delay, verdict.refusal).unref())
  }

  /** A name that is a device's own but not one it was rendered: its directory, or another writing of a file, or nothing. */
  function otherName(
    request: DeviceRequest,
    identity: Identity,
    device: LiveDevice | undefined,
  ): Answer | Promise<Answer> {
    if (identity.kind === 'phone-book' && device?.state === 'linked') {
      return phoneBook(request, identity, device)
    }
    return otherWriting(request, identity, device)
  }

  /** No part of the revision: a device that has fetched it is no nearer to having its files. */
  async function phoneBook(request: DeviceRequest, identity: Identity, device: LiveDevice): Promise<Answer> {
    const asked = fileName(request).toLowerCase()
    const book =
      asked === device.driver.phoneBook?.name(device.mac) ? await parts.phoneBooks.bookOf(device) : undefined
    if (!book) return otherWriting(request, identity, device)
    const { body, contentType, etag, modifiedAt } = book
    return {
      kind: 'memory',
      body,
      contentType,
      etag,
      modifiedAt,
      done: (outcome) => recorder.other(request, identity, outcome),
    }
  }

  function otherWriting(
    request: DeviceRequest,
    identity: Identity,
    device: LiveDevice | undefined,
  ): Answer | Promise<Answer> {
    const canonical = device?.driver.canonicalName?.(request.name, device.model)
    const base = fileName(request).toLowerCase()
    const file = device?.rendered.files.get(
      canonical?.toLowerCase() ?? (device.driver.canonicalName ? '' : base),
    )
    if (device && file) return memoryFile(request, identity, device, file)
    return device?.givesBackSince === undefined
      ? absent(request, identity, device)
      : usersOwn(request, identity, device)
  }

  async function usersOwn(request: DeviceRequest, identity: Identity, device: LiveDevice): Promise<Answer> {
    const own = await givenBack(uploads, device, identity.kind, fileName(request))
    if (!own) return absent(request, identity, device)
    return { ...own, done: (outcome) => recorder.other(request, identity, outcome) }
  }

  function absent(request: DeviceRequest, identity: Identity, device: LiveDevice | undefined): Refusal {
    recorder.absent(request, identity, device)
    return notFound
  }

  function memoryFile(
    request: DeviceRequest,
    identity: Identity,
    device: LiveDevice,
    file: RenderedFile,
  ): MemoryFile {
    return {
      kind: 'memory',
      body: file.body,
      contentType: file.contentType,
      etag: file.etag,
      modifiedAt: device.modifiedAt,
      done: (outcome: Outcome) => recorder.served(request, identity, device, file, outcome),
    }
  }

  async function forAnybody(request: DeviceRequest, identity: Identity): Promise<Answer> {
    const { driver, kind } = identity
    if (kind === 'shared' && driver) {
      const file = parts.sharedFile(driver, fileName(request))
      if (file)
        return {
          kind: 'memory',
          ...pick(renderedFile(file)),
          modifiedAt: sharedSince(driver, file),
          done: (outcome) => recorder.other(request, identity, outcome),
        }
    }
    if (kind === 'firmware' || kind === 'resource') {
      const name = identity.file ?? request.name
      const found = await operatorFile(parts.firmwareFolder, name)
      if (found) {
        return {
          kind: 'disk',
          path: found.path,
          size: found.size,
          modifiedAt: found.modifiedAt,
          contentType: contentTypeOf(name),
          etag: `"${found.size.toString(16)}-${found.modifiedAt.toString(16)}"`,
          done: (outcome) => recorder.other(request, identity, outcome),
        }
      }
    }
    recorder.absent(request, identity, undefined)
    return notFound
  }

  function put(request: DeviceRequest): Upload | Refusal | Promise<Upload | Refusal> {
    const identity = admission.identify(request)
    if ('refused' in identity)
      return refused(request, identity, admission.refuse(request, identity.mac, identity.refused))
    const { mac, macFrom, kind } = identity
    if (mac === undefined || macFrom !== 'name') return notFound
    const device = live.byMac(mac)
    return admitted(request, identity, mac, device, () => {
      if (!device || kind === undefined || !uploadKinds.has(kind)) return notFound
      if (fileName(request).length > uploadLimits.nameLength) return notFound
      // Nothing is taken from a device that was unlinked: what it kept is not to come back.
      if (device.state !== 'linked' || !uploads.mayTake(mac, now())) return { kind: 'forbidden' as const }
      return uploadOf(request, identity, device, kind as UploadKind)
    })
  }

  function uploadOf(
    request: DeviceRequest,
    identity: Identity,
    device: LiveDevice,
    kind: UploadKind,
  ): Upload {
    return {
      kind: 'upload',
      maxBytes: uploadLimits.bytes,
      async commit(body) {
        await uploads.save(device.mac, kind, fileName(request), body)
        recorder.uploaded(request, identity, device, body.byteLength)
      },
      abort: () => {},
    }
  }

  return { get, put }
}

/** What is asked, without the folder the device was pointed to. */
function fileName({ name }: DeviceRequest): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

function pick({ body, contentType, etag }: RenderedFile) {
  return { body, contentType, etag }
}
