import type { Line } from '../domain/intent.ts'
import { masked, maskedParameters } from '../domain/secret-names.ts'
import type { DeviceRecord } from '../store/devices.ts'
import type { Store } from '../store/store.ts'
import { liveDevice, type Surroundings } from './live-device.ts'

/** A file as people may look at it. */
export interface MaskedFile {
  readonly name: string
  readonly contentType: string
  readonly body: string
}

/**
 * What a device gets now, rendered without its secrets: none of them can be in the text, in whatever writing a vendor
 * would have it. `as` makes it another device first, to see what a change would do. `undefined` for one that is not
 * known or whose model is not in the catalogue.
 */
export function maskedFiles(
  store: Pick<Store, 'devices'>,
  surroundings: Surroundings,
  now: () => number,
): (mac: string, as?: (device: DeviceRecord) => DeviceRecord) => Promise<readonly MaskedFile[] | undefined> {
  return async (mac, as = (device) => device) => {
    const [record] = await store.devices.readDevices([mac])
    return record && maskedDevice(as(record), surroundings, now())
  }
}

/** The same of a device that was read already. */
export function maskedDevice(
  record: DeviceRecord,
  surroundings: Surroundings,
  now: number,
): readonly MaskedFile[] | undefined {
  const device = liveDevice(withoutSecrets(record), surroundings, now)
  return (
    device &&
    [...device.rendered.files.values()].map(({ name, contentType, body }) => ({
      name,
      contentType,
      body: body.toString('utf8'),
    }))
  )
}

/** The same device with every secret another text, so that what is rendered of it holds none. */
export function withoutSecrets(record: DeviceRecord): DeviceRecord {
  const { state, company, lines } = record
  const scopes = Object.entries(company?.parameters ?? {})
  return {
    ...record,
    state: state.account ? { ...state, account: { ...state.account, password: masked } } : state,
    ...(company
      ? {
          company: {
            ...company,
            parameters: Object.fromEntries(
              scopes.map(([scope, values]) => [scope, maskedParameters(values)]),
            ),
          },
        }
      : {}),
    lines: lines.map(withoutPassword),
  }
}

function withoutPassword(line: Line): Line {
  const { equipment } = line
  return {
    ...line,
    sip: { ...line.sip, password: masked },
    ...(equipment?.parameters
      ? { equipment: { ...equipment, parameters: maskedParameters(equipment.parameters) } }
      : {}),
  }
}
