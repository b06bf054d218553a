import type { DeviceTransport } from './plane.ts'
import type { Recorder } from './recorder.ts'

/** What happens at the device plane, for whoever counts it. Told at every request: whoever hears it only adds up. */
export interface Measures {
  /** A request was answered; `kind` is what sort of file it asked for, `vendor` whose. */
  answered(transport: DeviceTransport, vendor: string, kind: string, status: number): void
  /** Whether a file was there ready to be sent, or had to be made or read. */
  looked(found: 'ready' | 'made'): void
  /** From the head of a request to the last byte of the file it got, in seconds. */
  delivered(transport: DeviceTransport, seconds: number): void
  /** All files of one device, in seconds. */
  rendered(seconds: number): void
  handshake(listener: DeviceTransport, outcome: 'full' | 'resumed' | 'failed'): void
}

const nothing = (): void => {}

export const noMeasures: Measures = {
  answered: nothing,
  looked: nothing,
  delivered: nothing,
  rendered: nothing,
  handshake: nothing,
}

/** Counts every answer on its way to the records, those among them that are too many to be written down. */
export function counted(recorder: Recorder, measures: Measures): Recorder {
  return {
    served(request, identity, device, file, outcome) {
      measures.looked('ready')
      measures.answered(request.transport, device.driver.name, 'device', outcome.status)
      recorder.served(request, identity, device, file, outcome)
    },
    uploaded(request, identity, device, bytes) {
      measures.answered(request.transport, device.driver.name, identity.kind ?? 'unknown', 200)
      recorder.uploaded(request, identity, device, bytes)
    },
    other(request, identity, outcome) {
      measures.looked('made')
      measures.answered(
        request.transport,
        identity.driver?.name ?? 'unknown',
        identity.kind ?? 'unknown',
        outcome.status,
      )
      recorder.other(request, identity, outcome)
    },
    absent(request, identity, device) {
      const vendor = device?.driver.name ?? identity.driver?.name ?? 'unknown'
      measures.answered(request.transport, vendor, identity.kind ?? 'unknown', 404)
      recorder.absent(request, identity, device)
    },
    refused(request, identity, why, refusal) {
      const known = 'refused' in identity ? undefined : identity
      const status = refusal.kind === 'challenge' ? 401 : 404
      measures.answered(
        request.transport,
        known?.driver?.name ?? 'unknown',
        known ? (known.kind ?? 'unknown') : 'contradiction',
        status,
      )
      recorder.refused(request, identity, why, refusal)
    },
    settle: recorder.settle,
    close: recorder.close,
  }
}
