import type { Delivery, DeliveryRecord } from './delivery.ts'
import { completeDevices, pruneDevices } from './devices-complete.ts'
import { conditionPage, conditionsOf, type DeviceCondition, suspectPage } from './devices-conditions.ts'
import {
  deliveriesOf,
  pruneSomeDeliveries,
  recentDeliveries,
  recordDeliveries,
  type Visits,
  visitsSince,
} from './devices-deliveries.ts'
import {
  type DiscoveredDevice,
  type Discovery,
  discoveredDevices,
  forgetDiscovered,
  recordDiscovered,
} from './devices-discovered.ts'
import {
  anyGuarded,
  type ChangedDevices,
  changedSince,
  deviceByAccount,
  devicePage,
  deviceState,
  deviceStates,
  type StatesQuery,
} from './devices-find.ts'
import { type HistoryEntry, historyOf } from './devices-history.ts'
import { type DeviceRecord, readDevices } from './devices-read.ts'
import { type Revision, saveRevisions } from './devices-revisions.ts'
import type { DeviceState, DeviceStatus, MakeAccount } from './devices-rows.ts'
import {
  packed,
  saveTaken,
  type Taken,
  type Taking,
  takenOf,
  takingsToKeep,
  unpacked,
} from './devices-taken.ts'
import { bindWindow, closeWindow, endDeviceWindow, openDeviceWindow } from './devices-windows.ts'
import { devicesNamed, type FindDevices, type FoundDevice, findDevices } from './find-devices.ts'
import { type FindDiscovered, findDiscovered } from './find-discovered.ts'
import type { Author } from './history.ts'
import { enqueueDeviceNews, enqueueDiscoveries } from './hooks-devices.ts'
import { type FilesChange, saveOtherFiles } from './reboots-files.ts'
import type { Sealer } from './seal.ts'
import type { Queries } from './tables.ts'

export type {
  Author,
  ChangedDevices,
  Delivery,
  DeliveryRecord,
  DeviceCondition,
  DeviceRecord,
  DeviceState,
  DeviceStatus,
  DiscoveredDevice,
  Discovery,
  FindDevices,
  FindDiscovered,
  FoundDevice,
  HistoryEntry,
  MakeAccount,
  Revision,
  StatesQuery,
  Taken,
  Taking,
  Visits,
}

/** What devices are at rest besides the intent. Every write is durable once it returns, and happens whole or not at all. */
export interface Devices {
  /** For rendering: devices with all their files depend on, in the order of the list, unknown ones left out. */
  readDevices(macs: readonly string[]): Promise<readonly DeviceRecord[]>
  /** The next addresses in order after the last one of the page before. */
  devicePage(after: string | undefined, limit: number): Promise<readonly string[]>
  /** Devices to be read again, forgotten ones among them. */
  changedSince(generation: number): Promise<ChangedDevices>
  anyGuarded(): Promise<boolean>
  deviceState(mac: string): Promise<DeviceState | undefined>
  deviceByAccount(user: string): Promise<DeviceState | undefined>
  deviceStates(query: StatesQuery): Promise<readonly DeviceStatus[]>
  /** As `deviceStates`, with what standing and alarms are judged by. */
  conditions(query: StatesQuery): Promise<readonly DeviceCondition[]>
  /** In the order of the addresses; those that are not known are left out. */
  conditionsOf(macs: readonly string[]): Promise<readonly DeviceCondition[]>
  /** Pages of the devices that may have an alarm; which one, if any, `alarms` of the domain says. */
  suspects(query: StatesQuery & { readonly now: number }): Promise<readonly DeviceCondition[]>
  /** A page of those that somebody sees and means, each with its lines, its standing and its alarms. */
  find(query: FindDevices): Promise<readonly FoundDevice[]>
  /** The same for these addresses, whoever's they are. */
  findNamed(macs: readonly string[], now: number): Promise<readonly FoundDevice[]>
  /** What a device changed of itself, the newest first: its firmware, the name it gives itself. */
  historyOf(mac: string, limit: number): Promise<readonly HistoryEntry[]>
  /** For the start of a server, before it reads devices: completes those that an older version linked; says how many. */
  completeDevices(makeAccount: MakeAccount, at: number): Promise<number>
  /** Forgets unlinked devices whose window is over; says which. */
  pruneDevices(now: number): Promise<readonly string[]>

  /** Of all sources that try, one wins for every process; says whether the window admits this one now. */
  bindWindow(mac: string, source: string, at: number): Promise<boolean>
  /** A device that proved who it is: closes the window that was open then; one opened since stays. */
  closeWindow(mac: string, at: number): Promise<void>
  /** Somebody closes a linked device's window; says whether one was open. */
  endDeviceWindow(mac: string, author: Author): Promise<boolean>
  /** Lets a device in anew, with another account; returns the generation, `undefined` for no such device. */
  openDeviceWindow(mac: string, author: Author, makeAccount: MakeAccount): Promise<number | undefined>

  /** `change`: it is not the fleet that has changed, and whoever has to take other files by that is queued. */
  saveRevisions(revisions: readonly Revision[], change?: FilesChange): Promise<void>
  recordDeliveries(batch: readonly DeliveryRecord[]): Promise<void>
  deliveriesOf(mac: string, limit: number): Promise<readonly Delivery[]>
  recentDeliveries(limit: number): Promise<readonly Delivery[]>
  /** After the delivery of this id, at most so many of them. */
  visitsSince(id: number, limit: number): Promise<Visits>
  /** Says how many it removed. */
  pruneDeliveries(before: number): Promise<number>

  /** Of these devices, those in sync by files that are not kept yet. */
  takingsToKeep(macs: readonly string[]): Promise<readonly Taking[]>
  /** Keeps what devices took, without its secrets, in place of what they took before. */
  saveTaken(all: readonly Taken[]): Promise<void>
  takenOf(mac: string): Promise<Taken | undefined>

  recordDiscovered(batch: readonly Discovery[]): Promise<void>
  discoveredDevices(query: { readonly limit: number }): Promise<readonly DiscoveredDevice[]>
  findDiscovered(query: FindDiscovered): Promise<readonly DiscoveredDevice[]>
  forgetDiscovered(macs: readonly string[]): Promise<void>
}

/** How work gets at the database: all of a piece of work sees one moment of it, or is one change to it. */
export type Access = <T>(work: (db: Queries) => Promise<T>) => Promise<T>

export interface DevicesParts {
  readonly read: Access
  readonly write: Access
  readonly sealer: Sealer
  /** Somebody is told what becomes of devices. */
  readonly tells: boolean
  /** Other servers may serve the same devices. */
  readonly isShared: boolean
}

export function devicesOver({ read, write, sealer, tells, isShared }: DevicesParts): Devices {
  return {
    readDevices: (macs) => read((db) => readDevices(db, sealer, macs)),
    devicePage: (after, limit) => read((db) => devicePage(db, after, limit)),
    changedSince: (generation) => read((db) => changedSince(db, generation)),
    anyGuarded: () => read(anyGuarded),
    deviceState: (mac) => read((db) => deviceState(db, sealer, mac)),
    deviceByAccount: (user) => read((db) => deviceByAccount(db, sealer, user)),
    deviceStates: (query) => read((db) => deviceStates(db, query)),
    conditions: (query) => read((db) => conditionPage(db, query)),
    conditionsOf: (macs) => read((db) => conditionsOf(db, macs)),
    suspects: (query) => read((db) => suspectPage(db, query)),
    find: (query) => read((db) => findDevices(db, query)),
    findNamed: (macs, now) => read((db) => devicesNamed(db, macs, now)),
    historyOf: (mac, limit) => read((db) => historyOf(db, mac, limit)),
    completeDevices: (makeAccount, at) => write((db) => completeDevices(db, sealer, makeAccount, at)),
    pruneDevices: (now) => write((db) => pruneDevices(db, now)),
    bindWindow: (mac, source, at) => write((db) => bindWindow(db, mac, source, at)),
    closeWindow: (mac, at) => write((db) => closeWindow(db, mac, at)),
    endDeviceWindow: (mac, author) => write((db) => endDeviceWindow(db, mac, author)),
    openDeviceWindow: (mac, author, makeAccount) =>
      write((db) => openDeviceWindow(db, sealer, mac, author, makeAccount)),
    saveRevisions: (revisions, change) =>
      write((db) => (change ? saveOtherFiles(db, sealer, revisions, change) : saveRevisions(db, revisions))),
    recordDeliveries: (batch) =>
      write(async (db) => {
        if (tells) await enqueueDeviceNews(db, batch)
        await recordDeliveries(db, batch, isShared)
      }),
    deliveriesOf: (mac, limit) => read((db) => deliveriesOf(db, mac, limit)),
    recentDeliveries: (limit) => read((db) => recentDeliveries(db, limit)),
    visitsSince: (id, limit) => read((db) => visitsSince(db, id, limit)),
    async pruneDeliveries(before) {
      let total = 0
      for (;;) {
        const removed = await write((db) => pruneSomeDeliveries(db, before))
        if (removed === 0) return total
        total += removed
      }
    },
    takingsToKeep: (macs) => read((db) => takingsToKeep(db, macs)),
    async saveTaken(all) {
      const rows = await Promise.all(all.map(packed))
      await write((db) => saveTaken(db, rows))
    },
    async takenOf(mac) {
      const found = await read((db) => takenOf(db, mac))
      return found && unpacked(found)
    },
    recordDiscovered: (batch) =>
      write(async (db) => {
        if (tells) await enqueueDiscoveries(db, batch)
        await recordDiscovered(db, batch)
      }),
    discoveredDevices: (query) => read((db) => discoveredDevices(db, query)),
    findDiscovered: (query) => read((db) => findDiscovered(db, query)),
    forgetDiscovered: (macs) => write((db) => forgetDiscovered(db, macs)),
  }
}
