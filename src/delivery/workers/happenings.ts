import type { Catalogue } from '../../devices/catalogue.ts'
import type { Driver } from '../../devices/driver.ts'
import type { LiveDevices } from '../../provision/live-devices.ts'
import type { Contradiction, Identity } from '../access/identity.ts'
import type { DeviceRequest, Outcome, Refusal } from '../plane.ts'
import { type Owner, type Recorder, type Served, tellingFiles } from '../recorder.ts'

/** What a recorder is told, in a form that goes to another process: names in place of what they stand for. */
export type Happening = { readonly at: number; readonly asked: Asked; readonly known: Known } & (
  | {
      readonly what: 'served'
      readonly owner: Named
      readonly revision: string
      /** What the device has to take of it, whichever worker gives it which file. */
      readonly telling: readonly string[]
      readonly file: string
      readonly outcome: Outcome
    }
  | { readonly what: 'uploaded'; readonly owner: Named; readonly bytes: number }
  | { readonly what: 'other'; readonly outcome: Outcome }
  | { readonly what: 'absent'; readonly owner?: Named }
  | { readonly what: 'refused'; readonly why: string; readonly refusal: Refusal['kind'] }
)

/** Of a request what is written down: what proves who asks stays where it came. */
type Asked = Pick<DeviceRequest, 'transport' | 'method' | 'name' | 'source' | 'userAgent'>

type Known =
  | Pick<Contradiction, 'refused' | 'mac'>
  | (Pick<Identity, 'mac' | 'kind' | 'version' | 'bootLoader'> & {
      readonly driver?: string | undefined
      readonly model?: string | undefined
    })

interface Named {
  readonly mac: string
  readonly vendor: string
}

/** A recorder that writes nothing and tells what happened. */
export function tellingRecorder(tell: (happening: Happening) => void, now: () => number): Recorder {
  const common = (request: DeviceRequest, identity: Identity | Contradiction) => ({
    at: now(),
    asked: asked(request),
    known: knownOf(identity),
  })
  return {
    served(request, identity, device, { name }, outcome) {
      const { revision } = device.rendered
      const files = { revision, telling: tellingFiles(device.rendered), file: name }
      tell({ what: 'served', ...common(request, identity), owner: named(device), ...files, outcome })
    },
    uploaded(request, identity, device, bytes) {
      tell({ what: 'uploaded', ...common(request, identity), owner: named(device), bytes })
    },
    other(request, identity, outcome) {
      tell({ what: 'other', ...common(request, identity), outcome })
    },
    absent(request, identity, device) {
      const owner = device && named(device)
      tell({ what: 'absent', ...common(request, identity), ...(owner ? { owner } : {}) })
    },
    refused(request, identity, why, refusal) {
      tell({ what: 'refused', ...common(request, identity), why, refusal: refusal.kind })
    },
    settle: () => {},
    close: () => {},
  }
}

export interface RecordingParts {
  readonly recorder: Recorder
  readonly drivers: readonly Driver[]
  readonly catalogue: Catalogue
  readonly live: Pick<LiveDevices, 'byMac'>
}

/** Gives a recorder what another process told. */
export function recordingOf({ recorder, drivers, catalogue, live }: RecordingParts) {
  const driverOf = (name: string | undefined) => drivers.find((driver) => driver.name === name)

  function identityOf(known: Known): Identity | Contradiction {
    if ('refused' in known) return { ...known, reasons: [] }
    const { driver: vendor, model: id, ...said } = known
    const driver = driverOf(vendor)
    const model = id === undefined ? undefined : catalogue.find(id)
    const more = { ...(driver ? { driver } : {}), ...(model ? { model } : {}) }
    return { ...said, ...more, agreement: 'none', reasons: [] }
  }

  /** The very objects this process has, where it has that revision too: repeats of a file are told apart by them. */
  function servedOf({ owner, revision, telling, file }: Extract<Happening, { what: 'served' }>) {
    const own = live.byMac(owner.mac)
    const ownFile = own?.rendered.revision === revision && own.rendered.files.get(file.toLowerCase())
    if (own && ownFile) return { device: own, file: ownFile }
    const files = new Map(telling.map((name) => [name, { name, secret: true }]))
    const device: Served = { ...ownerOf(owner), rendered: { revision, files } }
    return { device, file: { name: file } }
  }

  return (happening: Happening): void => {
    const request: DeviceRequest = { ...happening.asked, target: '' }
    const identity = identityOf(happening.known)
    if (happening.what === 'refused') {
      recorder.refused(request, identity, happening.why, refusalOf(happening.refusal))
      return
    }
    if ('refused' in identity) return
    switch (happening.what) {
      case 'served': {
        const { device, file } = servedOf(happening)
        recorder.served(request, identity, device, file, happening.outcome)
        break
      }
      case 'uploaded':
        recorder.uploaded(request, identity, ownerOf(happening.owner), happening.bytes)
        break
      case 'other':
        recorder.other(request, identity, happening.outcome)
        break
      case 'absent':
        recorder.absent(request, identity, happening.owner && ownerOf(happening.owner))
        break
    }
  }
}

function asked({ transport, method, name, source, userAgent }: DeviceRequest): Asked {
  return { transport, method, name, source, ...(userAgent === undefined ? {} : { userAgent }) }
}

function knownOf(identity: Identity | Contradiction): Known {
  if ('refused' in identity) return { refused: identity.refused, mac: identity.mac }
  const { mac, kind, version, bootLoader, driver, model } = identity
  // What is undefined is left out on the way.
  return { mac, kind, version, bootLoader, driver: driver?.name, model: model?.id } as Known
}

function named({ mac, driver }: Owner): Named {
  return { mac, vendor: driver.name }
}

function ownerOf({ mac, vendor }: Named): Owner {
  return { mac, driver: { name: vendor } }
}

/** A record keeps only what sort of refusal it was. */
function refusalOf(kind: Refusal['kind']): Refusal {
  if (kind === 'challenge') return { kind, header: '' }
  return kind === 'busy' ? { kind, retryAfterSeconds: 0 } : { kind }
}
