import { z } from 'zod'
import type { Line } from '../../domain/intent.ts'
import { FleetFailure } from '../../fleet/failure.ts'
import type { DeviceRecord } from '../../store/devices.ts'
import { type Route, route } from '../route.ts'
import { carryOut } from './fleet-change.ts'
import { planOf, problemOf, shownPlan } from './fleet-plan.ts'
import { type FileChange, fileChangeOf, fileChanges } from './keys-files.ts'
import { companyAround, keysBody } from './keys-shown.ts'
import { keysChange, lineAfter, wholeKeys } from './keys-write.ts'

const checkKeys = route({
  id: 'checkKeys',
  method: 'post',
  path: '/lines/{line}/keys/check',
  summary: 'Say whether keys can be, and what is wrong with them where not; nothing is saved',
  tag: 'keys',
  action: 'keys.write',
  of: 'line',
  body: keysBody,
  answer: z.object({ possible: z.boolean(), problems: z.array(problemOf) }),
  async handle(call) {
    const { place, body, services } = call
    const change = keysChange(services, place.line ?? '', undefined, () => wholeKeys(body))
    try {
      const { warnings } = await carryOut(call, change, true)
      return { body: { possible: true, problems: warnings } }
    } catch (error) {
      if (!(error instanceof FleetFailure) || error.problems.length === 0) throw error
      return { body: { possible: false, problems: error.problems } }
    }
  },
})

const previewKeys = route({
  id: 'previewKeys',
  method: 'post',
  path: '/lines/{line}/keys/preview',
  summary: "Show what keys would make of the device's files, passwords masked, and what would reboot",
  tag: 'keys',
  action: 'keys.write',
  of: 'line',
  body: keysBody,
  answer: z.object({ plan: planOf, files: z.array(fileChangeOf) }),
  async handle(call) {
    const { place, body, services } = call
    const number = place.line ?? ''
    const change = keysChange(services, number, undefined, () => wholeKeys(body))
    const plan = await carryOut(call, change, true)
    const after = lineAfter(plan, number)
    const mac = after?.equipment?.mac
    if (!after || mac === undefined) return { body: { plan: shownPlan(plan), files: [] } }
    const { lines } = await companyAround(services.store, { company: place.company ?? '', line: after })
    const before = (await services.filesOf(mac)) ?? []
    const then = (await services.filesOf(mac, (device) => withKeys(device, after, lines))) ?? []
    const files: readonly FileChange[] = fileChanges(before, then)
    return { body: { plan: shownPlan(plan), files } }
  },
})

/** The same device with other keys; its generation is the one of the change. */
function withKeys(device: DeviceRecord, after: Line, around: readonly Line[]): DeviceRecord {
  return {
    ...device,
    lines: device.lines.map((line) => (line.number === after.number ? { ...line, keys: after.keys } : line)),
    watched: [...device.watched, ...around],
  }
}

export const keyTrialRoutes: readonly Route[] = [checkKeys, previewKeys]
