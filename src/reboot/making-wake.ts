import type { Driver } from '../devices/driver.ts'
import type { ModelLookup } from '../domain/model.ts'
import { withArticle } from '../domain/text-rules.ts'
import type { RebootJob } from '../store/reboots.ts'
import type { WakeTarget } from '../store/reboots-target.ts'
import type { Wake } from './wake.ts'
import type { TellingWay } from './ways.ts'

/** What is to be sent, and which way. */
export interface Sendable {
  readonly wake: Wake
  readonly by: TellingWay
}

/** Puts together who is to be told and what his maker's devices listen to; or says why nothing can be sent. */
export function makeWake(
  job: Pick<RebootJob, 'cause' | 'restart'>,
  target: WakeTarget,
  models: Pick<ModelLookup, 'find'>,
  drivers: readonly Pick<Driver, 'models' | 'wake'>[],
): Sendable | { readonly why: string } {
  const { mac, users, sip, credentials, reboot, address } = target
  const { by } = reboot
  if (by === 'none') return { why: 'its company has its devices told by nobody' }
  const model = models.find(target.model)
  if (!model) return { why: `${target.model} is not in the catalogue of this version` }
  const events = drivers.find((driver) => driver.models.includes(model))?.wake(model)
  if (!events) return { why: `how to tell ${withArticle(model.label)} is not established` }
  const form = job.restart || job.cause === 'order' ? 'reboot' : 'resync'
  return {
    by,
    wake: {
      mac,
      model,
      form,
      event: events[form],
      users,
      sip,
      reboot,
      ...(credentials === undefined ? {} : { credentials }),
      ...(address === undefined ? {} : { address }),
    },
  }
}
