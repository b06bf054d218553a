import type { LiveDevice } from '../provision/live-device.ts'
import type { Rendered, RenderedFile } from '../provision/render.ts'
import type { DeliveryRecord } from '../store/devices.ts'
import type { Contradiction, Identity } from './access/identity.ts'
import { perMinute } from './per-minute.ts'
import type { DeviceRequest, Outcome, Refusal } from './plane.ts'
import type { Records } from './records.ts'
import { createRepeats } from './repeats.ts'

/** Turns what happened at the device plane into records: the story of each device, and who is not known yet. */
export interface Recorder {
  served(
    request: DeviceRequest,
    identity: Identity,
    device: Served,
    file: Pick<RenderedFile, 'name'>,
    outcome: Outcome,
  ): void
  uploaded(request: DeviceRequest, identity: Identity, device: Owner, bytes: number): void
  other(request: DeviceRequest, identity: Identity, outcome: Outcome): void
  absent(request: DeviceRequest, identity: Identity, device: Owner | undefined): void
  refused(request: DeviceRequest, identity: Identity | Contradiction, why: string, refusal: Refusal): void
  /** Hands over the repeats whose time is over; to be called now and then. */
  settle(): void
  /** Hands over all that is held back: nothing is told after this. */
  close(): void
}

/** Whose file it is. */
export interface Owner extends Pick<LiveDevice, 'mac'> {
  readonly driver: Pick<LiveDevice['driver'], 'name'>
}

/** Of a device that was served, what a record is made of: a process may only have heard of it. */
export interface Served extends Owner {
  readonly rendered: Pick<Rendered, 'revision'> & {
    readonly files: ReadonlyMap<string, Pick<RenderedFile, 'name' | 'secret'>>
  }
}

export interface RecorderParts {
  readonly records: Records
  readonly isKnown: (mac: string) => boolean
  readonly now: () => number
  /** Hears of every record that is written, as it is. */
  readonly trace?: (record: DeliveryRecord) => void
}

/** What a device still lacks of its present revision. */
interface Taking {
  readonly revision: string
  readonly missing: Set<string>
  /** It lacked nothing once, and that was told. */
  whole: boolean
}

/** What makes a device what it is: its files with secrets, or the last one where it has none. */
export function tellingFiles({ files }: Served['rendered']): readonly string[] {
  const all = [...files.values()]
  const telling = all.filter((file) => file.secret)
  const needed = telling.length > 0 ? telling : all.slice(-1)
  return needed.map((file) => file.name)
}

function begin(rendered: Served['rendered']): Taking {
  return { revision: rendered.revision, missing: new Set(tellingFiles(rendered)), whole: false }
}

const statusOf: Readonly<Record<Refusal['kind'], number>> = {
  'not-found': 404,
  challenge: 401,
  forbidden: 403,
  busy: 503,
}

/**
 * So many records a minute tell a device's story: of what it was given, and of what was asked in its name, by whomever.
 * Whoever asks on and on must not fill the disk, nor hide what the device itself does.
 */
export const recordsPerMinute = { given: 120, asked: 60 } as const

export function createRecorder({ records, isKnown, now, trace }: RecorderParts): Recorder {
  const taken = new Map<string, Taking>()
  const repeats = createRepeats((record) => records.delivered(record))
  const mayTell = { given: perMinute(recordsPerMinute.given), asked: perMinute(recordsPerMinute.asked) }

  function write(
    request: DeviceRequest,
    identity: Identity | Contradiction,
    mac: string,
    more: {
      status: number
      bytes?: number
      complete?: boolean
      kind?: string
      revision?: string
      completes?: string
      lacks?: readonly string[]
      why?: string
      told?: keyof typeof recordsPerMinute
      /** It has to be known, however much was written before it. */
      telling?: boolean
    },
  ): DeliveryRecord | undefined {
    if (!mayTell[more.told ?? 'asked'](mac, now()) && !more.telling) return undefined
    const { userAgent } = request
    const version = 'refused' in identity || identity.bootLoader ? undefined : identity.version
    const record: DeliveryRecord = {
      at: now(),
      name: request.name.slice(0, 255),
      kind: more.kind ?? ('refused' in identity ? 'contradiction' : (identity.kind ?? 'unknown')),
      transport: request.transport,
      method: request.method,
      status: more.status,
      bytes: more.bytes ?? 0,
      complete: more.complete ?? false,
      source: request.source,
      mac,
      ...(userAgent === undefined ? {} : { userAgent: userAgent.slice(0, 255) }),
      ...(version === undefined ? {} : { version }),
      ...(more.revision === undefined ? {} : { revision: more.revision }),
      ...(more.completes === undefined ? {} : { completes: more.completes }),
      ...(more.lacks === undefined ? {} : { lacks: more.lacks }),
      ...(more.why === undefined ? {} : { why: more.why }),
    }
    records.delivered(record)
    trace?.(record)
    return record
  }

  /** A revision is taken when every file that makes the device what it is has arrived in full. */
  function completes(
    request: DeviceRequest,
    { mac, rendered }: Served,
    file: Pick<RenderedFile, 'name'>,
    outcome: Outcome,
  ): Pick<DeliveryRecord, 'completes' | 'lacks'> & { readonly telling?: boolean } {
    if (!outcome.complete || request.method === 'HEAD') return {}
    const before = taken.get(mac)
    const taking = before?.revision === rendered.revision ? before : begin(rendered)
    if (taking !== before) taken.set(mac, taking)
    const { revision, missing, whole } = taking
    missing.delete(file.name)
    if (missing.size > 0) return { lacks: [...missing] }
    taking.whole = true
    return { completes: revision, telling: !whole }
  }

  function discover(
    request: DeviceRequest,
    identity: Identity | Contradiction,
    mac: string | undefined,
  ): void {
    if ('refused' in identity || mac === undefined || !identity.driver || isKnown(mac)) return
    const maker = identity.model?.maker ?? identity.driver.name
    records.discovered({
      mac,
      maker,
      source: request.source,
      name: request.name.slice(0, 255),
      at: now(),
      ...(identity.model ? { model: identity.model.id } : {}),
      ...(identity.version === undefined ? {} : { version: identity.version }),
      ...(request.userAgent === undefined ? {} : { userAgent: request.userAgent.slice(0, 255) }),
    })
  }

  return {
    served(request, identity, device, file, outcome) {
      const { revision } = device.rendered
      if (repeats.holds(file, request, revision, outcome, now())) return
      const record = write(request, identity, device.mac, {
        status: outcome.status,
        bytes: outcome.bytes,
        complete: outcome.complete,
        kind: 'device',
        told: 'given',
        revision,
        ...completes(request, device, file, outcome),
      })
      if (record) repeats.told(file, record)
    },
    uploaded(request, identity, device, bytes) {
      write(request, identity, device.mac, { status: 200, bytes, complete: true, told: 'given' })
    },
    other(request, identity, outcome) {
      const mac = identity.mac
      if (mac !== undefined && isKnown(mac))
        write(request, identity, mac, {
          status: outcome.status,
          bytes: outcome.bytes,
          complete: outcome.complete,
        })
      discover(request, identity, mac)
    },
    absent(request, identity, device) {
      const mac =
        device?.mac ?? (identity.mac !== undefined && isKnown(identity.mac) ? identity.mac : undefined)
      if (mac !== undefined) write(request, identity, mac, { status: 404, why: 'absent' })
      discover(request, identity, identity.mac)
    },
    refused(request, identity, why, refusal) {
      const { mac } = identity
      // What strangers ask for is not written down one by one: a flood must not fill the disk.
      if (mac !== undefined && isKnown(mac))
        write(request, identity, mac, { status: statusOf[refusal.kind], why })
      discover(request, identity, mac)
    },
    settle: () => repeats.settle(now()),
    close: () => repeats.settle(Number.POSITIVE_INFINITY),
  }
}
