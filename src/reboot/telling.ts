import type { Driver } from '../devices/driver.ts'
import type { ModelLookup } from '../domain/model.ts'
import { defaultQuietHours, nextQuietStart } from '../domain/quiet-hours.ts'
import type { Outcome, RebootJob, Reboots } from '../store/reboots.ts'
import type { WakeTarget } from '../store/reboots-target.ts'
import { answerInTime } from './in-time.ts'
import type { RebootLog } from './log.ts'
import { makeWake, type Sendable } from './making-wake.ts'
import { givenUp, isToldEnough, outcomeOf } from './outcome.ts'
import type { Later } from './timers.ts'
import type { Wake, WakeAnswer, WakeResult } from './wake.ts'
import type { Senders, TellingWay } from './ways.ts'

export interface TellingParts {
  readonly reboots: Reboots
  readonly senders: Pick<Senders, 'of'>
  readonly models: Pick<ModelLookup, 'find'>
  readonly drivers: readonly Pick<Driver, 'models' | 'wake'>[]
  readonly log: RebootLog
  readonly now: () => number
  readonly later: Later
  /** Names this process among those that share the store. */
  readonly node: string
}

/** It is the same for every device of a company. */
const operatorsTask: ReadonlySet<WakeResult> = new Set(['credentials', 'refused', 'misconfigured'])

/** Devices that are being told. */
export interface Telling {
  readonly underWay: number
  /** Takes the job when nobody else has it, and tells its device; the answer is not waited for. */
  begin(job: RebootJob): Promise<void>
  /** Waits for the answers that are under way, not for long. */
  close(): Promise<void>
}

/** So long a job is this process's: after that it is presumed dead, and somebody else tells the device. */
const lease = 45_000
/** An answer has to be written down while the job is still ours. */
const answerLimit = 40_000
/** Whoever stops the server does not want to wait for phones that are off. */
const closingPatience = 5_000

export function createTelling(parts: TellingParts): Telling {
  const { reboots, senders, models, drivers, log, now, later, node } = parts
  const underWay = new Map<string, Promise<void>>()
  const warned = new Map<string, string>()
  let stop = (): void => {}
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })

  const settle = async (job: RebootJob, outcome: Outcome): Promise<void> => {
    const kept = await reboots.settle(job.id, node, outcome)
    const { state, result, detail } = outcome
    const { mac, company } = job
    const fields = { mac, company, result, detail, state: kept ? state : 'changed in between' }
    log.info(fields, outcome.told ? 'told a device' : 'a device was not told')
  }

  const tell = async (job: RebootJob, { wake, by }: Sendable, target: WakeTarget): Promise<void> => {
    const answer = await ask(wake, by)
    warn(job.company, answer)
    const outcome = outcomeOf(job, answer, now())
    await settle(job, job.quiet ? withinQuietHours(outcome, target) : outcome)
  }

  const ask = async (wake: Wake, by: TellingWay): Promise<WakeAnswer> => {
    const { mac } = wake
    try {
      return await answerInTime(await senders.of(by), wake, answerLimit, stopped, later)
    } catch (error) {
      log.error({ err: error, mac, by }, 'a device could not be told')
      return { result: 'silent', detail: 'this server could not send it; its log says why' }
    }
  }

  /** What an operator has to put right is told once a company, until it works or is something else. */
  const warn = (company: string, { result, detail }: WakeAnswer): void => {
    if (result === 'heard' || result === 'queued') warned.delete(company)
    if (!operatorsTask.has(result) || warned.get(company) === result) return
    warned.set(company, result)
    log.warn({ company, result, detail }, 'devices of a company cannot be told')
  }

  return {
    get underWay() {
      return underWay.size
    },
    async begin(job) {
      const { id, mac } = job
      if (underWay.has(mac)) return
      if (job.quiet) {
        const target = await reboots.target(mac)
        const quiet = target ? quietFrom(target, now()) : now()
        if (quiet > now()) return void (await reboots.postpone(id, quiet, now()))
      }
      if (!(await reboots.claim(id, node, now() + lease, now()))) return
      // Read after the claim: a change that comes later takes the job away again.
      const target = await reboots.target(mac)
      if (!target) return settle(job, givenUp(job, 'nobody knows any more how to reach it', now()))
      const made = makeWake(job, target, models, drivers)
      if ('why' in made) return settle(job, givenUp(job, made.why, now()))
      if (isToldEnough(job)) return settle(job, givenUp(job, 'it heard for a day and did not come', now()))
      const done = tell(job, made, target).catch((error: unknown) =>
        log.error({ err: error, mac }, 'what became of a device could not be written down'),
      )
      underWay.set(
        mac,
        done.finally(() => underWay.delete(mac)),
      )
    },
    async close() {
      const callOff = later(closingPatience, stop)
      await Promise.all(underWay.values())
      callOff()
    },
  }
}

function quietFrom({ quietHours = defaultQuietHours, timezone }: WakeTarget, from: number): number {
  return nextQuietStart(quietHours, timezone, from)
}

/** Trying again must not end up in working hours. */
function withinQuietHours(outcome: Outcome, target: WakeTarget): Outcome {
  return outcome.state === 'waiting' ? { ...outcome, dueAt: quietFrom(target, outcome.dueAt) } : outcome
}
