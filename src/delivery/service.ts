import { join } from 'node:path'
import type { Surroundings } from '../provision/live-device.ts'
import { createPhoneBooks } from '../provision/phone-books.ts'
import { createTakenKeeper } from '../provision/taken.ts'
import { createCredentials } from './access/credentials.ts'
import { createGuard, type Guard } from './access/guard.ts'
import { bootLog } from './boot-log.ts'
import { serverHosts } from './certificates/hosts.ts'
import { watchCertificates } from './certificates/watch.ts'
import { type GroundParts, layGround, speaksTls } from './ground.ts'
import { type Listeners, startListeners } from './listeners.ts'
import { counted, type Measures, noMeasures } from './measures.ts'
import { planeOn } from './plane-on.ts'
import { createRecorder } from './recorder.ts'
import { createRecords, type RecordStore } from './records.ts'
import { tellingRefusals } from './refusals-log.ts'
import { startUpkeep } from './upkeep.ts'
import { createUploads, type Uploads } from './uploads.ts'
import { createWindows } from './windows.ts'
import { type Crew, createCrew } from './workers/crew.ts'
import { elsewhere } from './workers/elsewhere.ts'
import { hearWorkers } from './workers/hearing.ts'

export interface ServiceParts extends Omit<GroundParts, 'rendered' | 'now'> {
  /** Who counts what happens; absent: nobody. */
  readonly measures?: Measures
  readonly now?: () => number
  /** The program of a worker process: where more than one process is set, these have the listeners of HTTP and HTTPS. */
  readonly workerProgram?: string
}

export interface DeviceService {
  readonly addresses: Listeners['addresses']
  readonly devices: number
  /** What the files of devices are made with. */
  readonly surroundings: Surroundings
  readonly uploads: Uploads
  readonly guard: GuardDesk
  /** Absent where this process serves all devices itself. */
  readonly workers?: Pick<Crew, 'serving' | 'wanted' | 'restarts'>
  /** The fleet has changed: every worker is to serve that now. */
  changed(): void
  close(): Promise<void>
}

/** What people may know of who guesses, and decide about it. */
export interface GuardDesk {
  suspects: Guard['suspects']
  forgive(source: string, who: string): boolean
}

/**
 * Everything that answers devices: their files in memory, the listeners, the records, and what keeps them right. With
 * workers, these answer over HTTP and HTTPS; what they tell is counted and recorded here as if it had happened here.
 */
export async function startDeviceService(parts: ServiceParts): Promise<DeviceService> {
  const { settings, store, catalogue, drivers, log, workerProgram, measures = noMeasures } = parts
  const now = parts.now ?? Date.now
  const ground = await layGround({ ...parts, rendered: measures.rendered, now })
  const { live, surroundings, url } = ground

  const guard = createGuard()
  const taken = createTakenKeeper(store, surroundings, now)
  const recordStore: RecordStore = {
    ...store.devices,
    async recordDeliveries(batch) {
      await store.devices.recordDeliveries(batch)
      taken.delivered(batch)
    },
  }
  const records = createRecords(recordStore, log)
  const isKnown = (mac: string) => live.byMac(mac) !== undefined
  const told = elsewhere(log, now)
  const recorder = counted(
    tellingRefusals(createRecorder({ records, isKnown, now: told.now, trace: bootLog(told.log) }), {
      guard,
      log: told.log,
      now: told.now,
    }),
    measures,
  )
  const uploads = createUploads(join(settings.data, 'uploads'))
  // Another server on the same database has it too: a device may be asked by one and answer another.
  const nonceKey = store.secretFor('nonces')
  const isShared = workerProgram !== undefined && settings.workers > 1
  const crew = isShared
    ? createCrew({
        count: settings.workers,
        program: workerProgram,
        nonceKey,
        marks: guard.marks,
        log,
        hear: (worker, happened) => hear(worker, happened),
      })
    : undefined
  const windows = createWindows({
    devices: store.devices,
    live,
    log,
    tell: (change) => crew?.tell({ what: 'window', ...change }),
  })
  const credentials = createCredentials(now, nonceKey)
  const hear = hearWorkers({
    recorder,
    guard,
    windows,
    measures,
    live,
    drivers,
    catalogue,
    told,
    log,
    pass: (news, but) => crew?.tell(news, but),
  })
  const plane = planeOn({
    ...parts,
    ground,
    recorder,
    uploads,
    credentials,
    windows,
    guard: {
      ...guard,
      refused(refusal, at) {
        const alerts = guard.refused(refusal, at)
        crew?.tell({ what: 'marks', marks: guard.marks(refusal.source) })
        return alerts
      },
    },
    phoneBooks: createPhoneBooks(store, now),
    now,
  })
  const listeners = await startListeners({
    settings: isShared ? { ...settings, http: 'off', https: 'off', mtls: 'off' } : settings,
    plane,
    certificates: ground.certificates(),
    url,
    log,
    measures,
  })
  try {
    await crew?.start()
  } catch (error) {
    await listeners.close()
    await records.close()
    throw error
  }

  const watch = watchCertificates({
    folder: settings.certs,
    hosts: serverHosts(settings.publicUrl),
    served: speaksTls(settings),
    loaded: ground.certificates(),
    now,
    changed: (loaded) => {
      listeners.reload(loaded)
      ground.take(loaded)
      crew?.tell({ what: 'certificates' })
    },
    report: (fault) => log.error({ code: fault.code, remedy: fault.remedy }, fault.message),
  })
  const upkeep = startUpkeep({
    store,
    live,
    taken,
    uploads,
    guard,
    recorder,
    log,
    now,
    refreshTemplates: ground.refreshTemplates,
    refreshImages: ground.refreshImages,
    forgotten: (macs) => crew?.tell({ what: 'forgotten', macs }),
  })
  const addresses = { ...crew?.addresses, ...listeners.addresses }
  log.info({ devices: live.count, url, ...addresses }, 'serving devices')

  return {
    addresses,
    get devices() {
      return live.count
    },
    surroundings,
    uploads,
    guard: {
      suspects: guard.suspects,
      forgive(source, who) {
        const forgiven = guard.forgive(source)
        crew?.tell({ what: 'forgiven', source })
        if (forgiven) log.info({ source, who }, 'what looked like guessing was forgiven')
        return forgiven
      },
    },
    ...(crew ? { workers: crew } : {}),
    changed() {
      if (!crew) return
      crew.tell({ what: 'look' })
      upkeep.look()
    },
    async close() {
      await upkeep.close()
      await watch.close()
      await Promise.all([crew?.close(), listeners.close()])
      recorder.close()
      await records.close()
    },
  }
}
