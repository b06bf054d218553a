import { bindWindow } from '../domain/window.ts'
import type { LiveDevices } from '../provision/live-devices.ts'
import type { Devices } from '../store/devices.ts'
import type { ServiceLog } from './log.ts'

/** What became of a window: bound to a source, or closed where there is none. */
export interface WindowChange {
  readonly mac: string
  readonly source?: string
  readonly at: number
}

/** The windows of devices, at rest and in this process. */
export interface Windows {
  /** Makes a first contact last: true when this source has the window now, false when another was quicker. */
  bind(mac: string, source: string, at: number): Promise<boolean>
  close(mac: string, at: number): void
  /** Another process that serves the same devices has done it. */
  take(change: WindowChange): void
}

export interface WindowsParts {
  readonly devices: Pick<Devices, 'bindWindow' | 'closeWindow'>
  readonly live: Pick<LiveDevices, 'byMac'>
  readonly log: Pick<ServiceLog, 'error'>
  /** Told of what was done here. */
  readonly tell: (change: WindowChange) => void
}

/**
 * Which source has a window is decided at rest, once for all processes; what a process remembers only spares it asking
 * again, and must not outlast a window that closed elsewhere.
 */
export function createWindows({ devices, live, log, tell }: WindowsParts): Windows {
  return {
    async bind(mac, source, at) {
      const won = await devices.bindWindow(mac, source, at)
      if (won) tell({ mac, source, at })
      return won
    },
    close(mac, at) {
      tell({ mac, at })
      devices
        .closeWindow(mac, at)
        .catch((error: unknown) => log.error({ err: error, mac }, 'a window could not be closed'))
    },
    take({ mac, source, at }) {
      const device = live.byMac(mac)
      if (!device?.window || device.window.openedAt > at) return
      if (source !== undefined) device.window = bindWindow(device.window, source, at) ?? device.window
      else if (device.state === 'linked') device.window = undefined
    },
  }
}
