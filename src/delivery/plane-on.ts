import type { LiveDevices } from '../provision/live-devices.ts'
import type { PhoneBooks } from '../provision/phone-books.ts'
import type { Credentials } from './access/credentials.ts'
import { type Admitting, createAdmission } from './admission.ts'
import { createDevicePlane } from './device-plane.ts'
import type { Ground, GroundParts } from './ground.ts'
import type { DevicePlane } from './plane.ts'
import type { Recorder } from './recorder.ts'
import type { Uploads } from './uploads.ts'
import type { Windows } from './windows.ts'

export interface PlaneOn extends Pick<GroundParts, 'settings' | 'catalogue' | 'drivers' | 'log'> {
  readonly ground: Ground
  readonly guard: Admitting['guard']
  readonly credentials: Credentials
  readonly windows: Windows
  readonly recorder: Recorder
  readonly uploads: Uploads
  readonly phoneBooks: PhoneBooks
  readonly now: () => number
}

/** The device plane of a process, over what it shares with others or has for itself. */
export function planeOn(parts: PlaneOn): DevicePlane {
  const { ground, drivers, catalogue, guard, windows, now, log } = parts
  const { live } = ground
  return createDevicePlane({
    live,
    catalogue,
    admission: createAdmission({
      drivers,
      byMac: live.byMac,
      findAccount: (user) => accountOf(live, user),
      anyGuarded: () => live.anyGuarded,
      authorities: ground.authorities,
      credentials: parts.credentials,
      guard,
      now,
      bind: windows.bind,
      close: windows.close,
      alert: (alert) => log.warn(alert, guessing),
    }),
    recorder: parts.recorder,
    uploads: parts.uploads,
    phoneBooks: parts.phoneBooks,
    firmwareFolder: parts.settings.firmware,
    sharedFile: ground.sharedFile,
    now,
  })
}

/** What the log says of an alert, whichever process it comes from. */
export const guessing = 'somebody is guessing device names'

function accountOf(live: LiveDevices, user: string) {
  const device = live.byAccount(user)
  return device?.account && { password: device.account.password, mac: device.mac }
}
