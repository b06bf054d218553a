import type { DeviceRecord, Revision } from '../store/devices.ts'
import type { OtherFiles } from '../store/reboots-files.ts'
import type { Store } from '../store/store.ts'
import { type LiveDevice, liveDevice, type Surroundings } from './live-device.ts'
import type { RenderedFile } from './render.ts'

/** All devices, rendered and in memory: a fetch of a current file is a look in a map. */
export interface LiveDevices {
  byMac(mac: string): LiveDevice | undefined
  /** By a file's name in lower case. */
  byFile(name: string): FoundFile | undefined
  byAccount(user: string): LiveDevice | undefined
  /** Some company is not open to all: then no answer may tell a known MAC from an unknown one. */
  readonly anyGuarded: boolean
  readonly count: number
  /** Takes in what has changed in the store, by whatever process; says which devices that concerned. */
  refresh(): Promise<readonly string[]>
  /** Reads these again, whatever happened to them: forgotten ones go. */
  reread(macs: readonly string[]): Promise<void>
  /** Renders every device again, for this is another one now; who gets other files by it is told in quiet hours. */
  renderAll(what: readonly OtherFiles[]): Promise<void>
}

/** A device that has no files now, and why: an operator has to hear of it, the others are served all the same. */
export type TellLeftOut = (mac: string, reason: string) => void

export interface FoundFile {
  readonly device: LiveDevice
  readonly file: RenderedFile
}

/** As many devices are read and rendered at a time: between two such steps the process does its other work. */
const pageSize = 200

export async function loadLiveDevices(
  store: Store,
  surroundings: Surroundings,
  tellLeftOut: TellLeftOut,
  now: () => number = Date.now,
): Promise<LiveDevices> {
  const devices = new Map<string, LiveDevice>()
  const files = new Map<string, FoundFile>()
  const accounts = new Map<string, LiveDevice>()
  let generation = await store.generation()
  let anyGuarded = await store.devices.anyGuarded()
  let turn: Promise<void> = Promise.resolve()
  let waiting: Promise<readonly string[]> | undefined

  /** What was read earlier must not be laid over what was read later: one reads at a time. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.then(
      () => {},
      () => {},
    )
    return mine
  }

  const forget = (mac: string): void => {
    const device = devices.get(mac)
    if (!device) return
    devices.delete(mac)
    for (const name of device.rendered.files.keys()) files.delete(name)
    if (device.account) accounts.delete(device.account.user)
  }

  const take = async (macs: readonly string[], what?: readonly OtherFiles[]): Promise<void> => {
    const records = await store.devices.readDevices(macs)
    const read = new Set(records.map((record) => record.state.mac))
    for (const mac of macs) if (!read.has(mac)) forget(mac)
    const moved: Revision[] = []
    for (const record of records) {
      const former = devices.get(record.state.mac)
      forget(record.state.mac)
      const device = rendered(record, former)
      if (!device) continue
      devices.set(device.mac, device)
      for (const [name, file] of device.rendered.files) files.set(name, { device, file })
      if (device.account) accounts.set(device.account.user, device)
      const { revision } = device.rendered
      const { generation } = record.state
      if (record.state.revision !== revision)
        moved.push({ mac: device.mac, revision, at: device.modifiedAt, generation })
    }
    if (moved.length > 0) await store.devices.saveRevisions(moved, what && { what, at: now() })
  }

  /** A device that cannot be rendered must not keep the others from their files. */
  const rendered = (record: DeviceRecord, former: LiveDevice | undefined): LiveDevice | undefined => {
    const { mac, model } = record.state
    try {
      const device = liveDevice(record, surroundings, now(), former)
      if (!device) tellLeftOut(mac, `${model} is not in the catalogue of this version`)
      return device
    } catch (error) {
      tellLeftOut(mac, error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  const takeAll = async (what?: readonly OtherFiles[]): Promise<void> => {
    let page = await store.devices.devicePage(undefined, pageSize)
    while (page.length > 0) {
      await take(page, what)
      await new Promise(setImmediate)
      page = await store.devices.devicePage(page.at(-1), pageSize)
    }
  }

  const catchUp = async (): Promise<readonly string[]> => {
    // Asked several times a second, and nearly always nothing has moved: what has is the longer question.
    if ((await store.generation()) === generation) return []
    const changed = await store.devices.changedSince(generation)
    if (changed.generation === generation) return []
    for (let i = 0; i < changed.macs.length; i += pageSize) await take(changed.macs.slice(i, i + pageSize))
    anyGuarded = await store.devices.anyGuarded()
    generation = changed.generation
    return changed.macs
  }

  await takeAll()
  return {
    byMac: (mac) => devices.get(mac),
    byFile: (name) => files.get(name),
    byAccount: (user) => accounts.get(user),
    get anyGuarded() {
      return anyGuarded
    },
    get count() {
      return devices.size
    },
    refresh() {
      // A refresh that has begun may have looked before the caller's change: it is not the one to wait for.
      waiting ??= inTurn(() => {
        waiting = undefined
        return catchUp()
      })
      return waiting
    },
    reread: (macs) => inTurn(() => take(macs)),
    renderAll: (what) => inTurn(() => takeAll(what)),
  }
}
