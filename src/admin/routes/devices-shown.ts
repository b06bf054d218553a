import { z } from 'zod'
import type { Catalogue } from '../../devices/catalogue.ts'
import { deviceAccesses } from '../../domain/intent.ts'
import { inPlainWords } from '../../domain/refusals.ts'
import { type Window, windowEnd } from '../../domain/window.ts'
import { defined } from '../../fleet/kept.ts'
import type { FoundDevice } from '../../store/devices.ts'

export const standings = ['in-sync', 'behind', 'awaited', 'never-seen', 'turned-away', 'unlinked'] as const

export const alarmNames = ['never-seen', 'turned-away', 'old-files', 'reboot-loop'] as const

export const time = z.iso.datetime()

/** A moment as every answer writes it. */
export function instant(at: number): string {
  return new Date(at).toISOString()
}

/** For times that may not have come. */
export function instantIf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : instant(at)
}

const revisionOf = z.object({ revision: z.string(), at: time.optional() })

export const windowOf = z.object({
  openedAt: time,
  until: time,
  source: z.string().optional().describe('The only address that it admits'),
  firstContactAt: time.optional(),
})

export const deviceOf = z.object({
  mac: z.string(),
  model: z.string(),
  label: z.string().optional().describe('Absent where the catalogue has no such model'),
  company: z.string(),
  site: z.string().optional(),
  lines: z.array(z.object({ number: z.string(), port: z.int(), name: z.string() })),
  standing: z.enum(standings),
  alarms: z.array(z.enum(alarmNames)),
  access: z.enum(deviceAccesses).optional(),
  window: windowOf.optional(),
  wanted: revisionOf.optional().describe('Absent until its files are rendered after a change'),
  delivered: revisionOf.optional().describe('The last revision of which it had every file'),
  firstSeenAt: time.optional(),
  lastSeenAt: time.optional(),
  address: z.string().optional(),
  firmware: z.string().optional(),
  userAgent: z.string().optional(),
  turnedAway: z
    .object({ times: z.int(), at: time, why: z.string(), reason: z.string() })
    .optional()
    .describe('Since it had a file last'),
})

export function shownDevice(found: FoundDevice, catalogue: Catalogue): z.input<typeof deviceOf> {
  const { device, lines, standing, alarms, access } = found
  const { revision, revisionAt, deliveredRevision, deliveredAt, refusals } = device
  return {
    mac: device.mac,
    model: device.model,
    company: device.company,
    lines: lines.map(({ number, port, name }) => ({ number, port, name })),
    standing,
    alarms: [...alarms],
    ...defined({
      label: catalogue.find(device.model)?.label,
      site: device.site,
      access,
      window: device.window && shownWindow(device.window),
      wanted: dated(revision, revisionAt),
      delivered: dated(deliveredRevision, deliveredAt),
      firstSeenAt: instantIf(device.firstSeenAt),
      lastSeenAt: instantIf(device.lastSeenAt),
      address: device.lastSource,
      firmware: device.lastVersion,
      userAgent: device.lastUserAgent,
      turnedAway: refusals && {
        times: refusals.count,
        at: instant(refusals.at),
        why: refusals.why,
        reason: inPlainWords(refusals.why),
      },
    }),
  }
}

export function shownWindow(window: Window): z.input<typeof windowOf> {
  const { openedAt, expiresAt, source, firstContactAt } = window
  return {
    openedAt: instant(openedAt),
    until: instant(windowEnd(window) ?? expiresAt),
    ...defined({ source, firstContactAt: instantIf(firstContactAt) }),
  }
}

function dated(revision: string | undefined, at: number | undefined): z.input<typeof revisionOf> | undefined {
  return revision === undefined ? undefined : { revision, ...defined({ at: instantIf(at) }) }
}
