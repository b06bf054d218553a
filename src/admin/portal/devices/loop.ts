import type { z } from 'zod'
import type { deviceOf } from '../../routes/devices-shown.ts'
import type { loopOf } from '../../routes/devices-story.ts'
import type { jobOf } from '../../routes/reboots-shown.ts'
import { hasText } from '../text.ts'

/** A device as `readDevice` answers. */
export type WholeDevice = z.output<typeof deviceOf> & {
  readonly loop: z.output<typeof loopOf>
  readonly job?: z.output<typeof jobOf>
  readonly account?: string
}

/** One step from a change to the device having it, as parts/loop shows it. */
export interface LoopStep {
  readonly name: 'saved' | 'ordered' | 'told' | 'fetched' | 'in-sync'
  readonly state: 'done' | 'now' | 'failed' | 'todo'
  readonly at?: string
  /** A text that says more, and the time it names. */
  readonly note?: string
  readonly noteAt?: string
}

type Told = Pick<WholeDevice, 'loop' | 'job' | 'standing' | 'turnedAway' | 'lastSeenAt'>

/** How far a device is: four steps, of which at most one is under way. */
export function loopSteps(device: Told): readonly LoopStep[] {
  const { loop, job } = device
  const first = { name: job?.cause === 'order' ? 'ordered' : 'saved', state: 'done' } as const
  return [{ ...first, ...dated(loop.wantedAt) }, told(device), fetched(device), inSync(device)]
}

/** Whether somebody who looks on may still see something happen. */
export function isOnItsWay({ loop, standing }: Pick<Told, 'loop' | 'standing'>): boolean {
  return loop.step !== 'in-sync' || standing === 'turned-away'
}

function told({ loop, job, standing, lastSeenAt }: Told): LoopStep {
  const name = 'told'
  if (loop.toldAt !== undefined) return { name, state: 'done', at: loop.toldAt }
  if (loop.step !== 'wanted') return { name, state: 'done', note: 'loop.by-itself' }
  // A device that was never here has no address at which it could be told.
  if (lastSeenAt === undefined || standing === 'turned-away') return { name, state: 'todo' }
  if (!job) return { name, state: 'todo', note: 'loop.untold' }
  if (job.state === 'given-up') return { name, state: 'failed', note: 'loop.given-up' }
  if (job.attempts > 0) return { name, state: 'now', note: 'loop.again', noteAt: job.dueAt }
  const isPutOff = Date.parse(job.dueAt) > Date.parse(job.queuedAt)
  return { name, state: 'now', ...(isPutOff ? { note: 'loop.due', noteAt: job.dueAt } : {}) }
}

function fetched({ loop, job, standing, turnedAway, lastSeenAt }: Told): LoopStep {
  const name = 'fetched'
  if (standing === 'turned-away') return { name, state: 'failed', ...refusal(turnedAway?.why) }
  if (loop.step === 'in-sync') return { name, state: 'done', ...dated(loop.cameAt ?? loop.fetchedAt) }
  if (loop.step === 'came') return { name, state: 'done', ...dated(loop.cameAt) }
  if (loop.step === 'told') return { name, state: 'now' }
  if (lastSeenAt === undefined) return { name, state: 'now', note: 'loop.plug-in' }
  return { name, state: job ? 'todo' : 'now' }
}

function inSync({ loop, standing }: Told): LoopStep {
  const name = 'in-sync'
  if (standing === 'turned-away') return { name, state: 'todo' }
  if (loop.step === 'in-sync') return { name, state: 'done', ...dated(loop.inSyncAt) }
  return { name, state: loop.step === 'came' ? 'now' : 'todo' }
}

/** A newer server may have refused for a reason that has no words here. */
function refusal(why: string | undefined): { readonly note?: string } {
  const note = `why.${why}`
  return hasText(note) ? { note } : {}
}

function dated(at: string | undefined): { readonly at?: string } {
  return at === undefined ? {} : { at }
}
