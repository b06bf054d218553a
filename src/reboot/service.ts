import { randomUUID } from 'node:crypto'
import type { Driver } from '../devices/driver.ts'
import type { ModelLookup } from '../domain/model.ts'
import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import type { RebootLog } from './log.ts'
import { choose } from './pacer.ts'
import { minute } from './rates.ts'
import { createTelling } from './telling.ts'
import { type Later, later as realLater } from './timers.ts'
import { noTurns } from './turns.ts'
import { createSenders, type Senders } from './ways.ts'

export interface RebootServiceParts {
  readonly store: Pick<Store, 'reboots'>
  readonly settings: Pick<Settings, 'sip' | 'rebootsPerMinute' | 'rebootsPerSite'>
  readonly catalogue: Pick<ModelLookup, 'find'>
  readonly drivers: readonly Pick<Driver, 'models' | 'wake' | 'web'>[]
  readonly log: RebootLog
  readonly senders?: Senders
  readonly now?: () => number
  readonly later?: Later
}

export interface RebootService {
  /** Something has changed in this process, and need not wait for the next look. */
  nudge(): void
  /** Tells nobody any more, and waits for the answers under way, not for long. */
  close(): Promise<void>
}

/** What other processes put into the queue is found within this time. */
const pause = 1000
/** So many devices are told at the same time, at most. */
const most = 500
/** How long the story of a device tells of its restarts, and how often older ones are removed. */
const keptFor = 30 * 24 * 60 * minute
const pruningPause = 60 * minute

/**
 * Works the queue of devices that have to take their files: ends what the devices have done, and tells the next ones.
 * Nothing that counts is in memory: a process that dies is replaced by the next, or by another one on the same store.
 */
export function startRebootService(parts: RebootServiceParts): RebootService {
  const { store, settings, catalogue, drivers, log, now = Date.now, later = realLater } = parts
  const { reboots } = store
  const senders = parts.senders ?? createSenders({ listen: settings.sip, drivers, log })
  const telling = createTelling({
    reboots,
    senders,
    models: catalogue,
    drivers,
    log,
    now,
    later,
    node: randomUUID(),
  })
  const limits = { perMinute: settings.rebootsPerMinute, perSite: settings.rebootsPerSite }
  let turns = noTurns
  let nextPruning = now() + pruningPause
  let closing = false
  let failing = false
  let nudged = false
  let looking: Promise<void> | undefined
  let callOff = (): void => {}

  /** Says when to look again, where that is before other processes may have done something. */
  const look = async (): Promise<number> => {
    for (const { mac, what } of await reboots.confirm(now()))
      log.info({ mac, what }, 'a device has its files')
    const room = most - telling.underWay
    const due = room > 0 ? await reboots.due(now(), room, Math.min(limits.perSite, room)) : []
    const choice = choose(due, await reboots.sentSince(now() - minute), limits, now(), turns)
    turns = choice.turns
    for (const job of choice.send) {
      if (closing) break
      await telling.begin(job)
    }
    if (now() >= nextPruning) {
      nextPruning = now() + pruningPause
      await reboots.pruneEvents(now() - keptFor)
    }
    const again = (choice.again ?? Number.POSITIVE_INFINITY) - now()
    return Math.max(pause / 2, Math.min(pause, again))
  }

  const turn = async (): Promise<void> => {
    let wait = pause
    nudged = false
    try {
      wait = await look()
      failing = false
    } catch (error) {
      if (!failing) log.error({ err: error }, 'the queue of restarts could not be worked and is tried again')
      failing = true
    }
    looking = undefined
    if (!closing) callOff = later(nudged ? 0 : wait, begin)
  }

  const begin = (): void => {
    looking = turn()
  }

  begin()
  return {
    nudge() {
      nudged = true
      if (looking || closing) return
      callOff()
      begin()
    },
    async close() {
      closing = true
      callOff()
      await looking
      await telling.close()
      await senders.close()
    },
  }
}
