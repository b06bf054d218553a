import { z } from 'zod'
import type { Catalogue } from '../../devices/catalogue.ts'
import { defined } from '../../fleet/kept.ts'
import type { RebootJob } from '../../store/reboots.ts'
import { instant, instantIf, time } from './devices-shown.ts'

export const jobStates = ['waiting', 'sending', 'told', 'given-up'] as const

export const jobOf = z.object({
  mac: z.string(),
  model: z.string(),
  label: z.string().optional(),
  company: z.string(),
  site: z.string().optional(),
  state: z.enum(jobStates),
  cause: z.enum(['change', 'order']),
  reasons: z.array(z.string()),
  restart: z.boolean(),
  quiet: z.boolean().describe('It is told within quiet hours only'),
  who: z.string(),
  queuedAt: time,
  dueAt: time,
  attempts: z.int(),
  toldAt: time.optional(),
  lastAnswer: z.string().optional(),
  lastResult: z.string().optional().describe('What that answer means: heard, absent, silent, refused…'),
})

export function shownJob(job: RebootJob, catalogue: Catalogue): z.input<typeof jobOf> {
  const { mac, model, company, site, state, cause, reasons, restart, quiet, who, attempts } = job
  return {
    ...{ mac, model, company, state, cause, reasons: [...reasons], restart, quiet, who, attempts },
    queuedAt: instant(job.queuedAt),
    dueAt: instant(job.dueAt),
    ...defined({
      label: catalogue.find(model)?.label,
      site,
      toldAt: instantIf(job.toldAt),
      lastAnswer: job.lastDetail,
      lastResult: job.lastResult,
    }),
  }
}
