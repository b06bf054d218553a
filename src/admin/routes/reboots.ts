import { z } from 'zod'
import { extentOf } from '../../domain/extent.ts'
import { defined } from '../../fleet/kept.ts'
import { minutesToTell } from '../../provision/pace.ts'
import { ApiFailure, nothingThere } from '../http/failure.ts'
import { type Route, route } from '../route.ts'
import { instant, time } from './devices-shown.ts'
import { dryRunQuery, isDryRun } from './fleet-change.ts'
import { pageQuery } from './lines-list.ts'
import { devicesMeant, meantBody } from './reboots-meant.ts'
import { jobOf, jobStates, shownJob } from './reboots-shown.ts'
import { clocksOf, whenOf, whenText } from './reboots-when.ts'

const listReboots = route({
  id: 'listReboots',
  method: 'get',
  path: '/reboots',
  summary: 'List devices that are to be told, in the order they were queued',
  tag: 'reboots',
  action: 'device.read',
  of: 'fleet',
  query: z.strictObject({
    company: z.string().optional(),
    site: z.string().optional(),
    model: z.string().optional(),
    state: z.enum(jobStates).optional(),
    ...pageQuery,
    after: z.coerce.number().int().min(0).optional().describe('`next` of the page before'),
  }),
  answer: z.object({ items: z.array(jobOf), next: z.string().optional() }),
  async handle({ who, query, services: { store, catalogue } }) {
    const { limit, ...filters } = query
    const within = extentOf(who, 'device.read')
    const jobs = await store.reboots.jobs({ within, limit, ...defined(filters) })
    const last = jobs.length === limit ? jobs.at(-1)?.id : undefined
    return {
      body: {
        items: jobs.map((job) => shownJob(job, catalogue)),
        ...(last === undefined ? {} : { next: String(last) }),
      },
    }
  },
})

const orderReboots = route({
  id: 'orderReboots',
  method: 'post',
  path: '/reboots',
  summary:
    'Have the devices of a company, a site, a model or a list restart, one after the other at the set rate',
  tag: 'reboots',
  action: 'device.reboot',
  of: 'fleet',
  query: dryRunQuery,
  body: meantBody.extend({ when: whenText }),
  answer: z.object({
    ordered: z.boolean(),
    devices: z.array(
      z.object({
        mac: z.string(),
        model: z.string(),
        company: z.string(),
        site: z.string().optional(),
        dueAt: time,
        isTold: z.boolean(),
      }),
    ),
    minutes: z.int().describe('About so long after the first the last is told, when nobody else waits'),
  }),
  async handle(call) {
    const { who, body, services } = call
    const { store, settings, now, nudge } = services
    const at = now()
    const when = whenOf(body.when, at)
    const devices = await devicesMeant(store, extentOf(who, 'device.reboot'), body, at)
    const clock = await clocksOf(
      store,
      devices.map(({ company }) => company),
    )
    const planned = devices.map((device) => ({ device, dueAt: when(clock(device.company).clock) }))
    const ordered = !isDryRun(call) && planned.length > 0
    if (ordered) {
      // Companies on different clocks have different times; those on the same are ordered together.
      for (const dueAt of new Set(planned.map((one) => one.dueAt))) {
        const macs = planned.filter((one) => one.dueAt === dueAt).map(({ device }) => device.mac)
        await store.reboots.order({ macs, dueAt, who: who.name, at })
      }
      nudge()
    }
    const rates = { perMinute: settings.rebootsPerMinute, perSite: settings.rebootsPerSite }
    return {
      body: {
        ordered,
        devices: planned.map(({ device: { mac, model, company, site }, dueAt }) => ({
          mac,
          model,
          company,
          ...defined({ site }),
          dueAt: instant(dueAt),
          isTold: clock(company).isTold,
        })),
        minutes: planned.length === 0 ? 0 : minutesToTell(planned, rates),
      },
    }
  },
})

const cancelReboot = route({
  id: 'cancelReboot',
  method: 'delete',
  path: '/reboots/{mac}',
  summary: 'Take a device from the queue: it takes its files when it next starts or looks by itself',
  tag: 'reboots',
  action: 'device.reboot',
  of: 'device',
  async handle({ who, place: { mac = '' }, services: { store, now } }) {
    const cancelled = await store.reboots.cancel([mac], who.name, now())
    if (cancelled.length === 0) throw nothingThere()
    return {}
  },
})

const rescheduleReboot = route({
  id: 'rescheduleReboot',
  method: 'patch',
  path: '/reboots/{mac}',
  summary: 'Put a device off or forward, or try again one that was given up',
  tag: 'reboots',
  action: 'device.reboot',
  of: 'device',
  body: z.strictObject({ when: whenText }),
  answer: jobOf,
  async handle({ who, place: { mac = '', company = '' }, body, services }) {
    const { store, catalogue, now, nudge } = services
    const at = now()
    const when = whenOf(body.when, at)
    const dueAt = when((await clocksOf(store, [company]))(company).clock)
    const moved = await store.reboots.reschedule([mac], dueAt, who.name, at)
    const [job] = await store.reboots.jobs({ mac, limit: 1 })
    if (!job) throw nothingThere()
    if (moved.length === 0) {
      throw new ApiFailure(
        409,
        'reboot-under-way',
        'it is being told now, or was told and its fetch is waited for',
        'wait for it, or take it from the queue and order it anew',
      )
    }
    nudge()
    return { body: shownJob(job, catalogue) }
  },
})

export const rebootRoutes: readonly Route[] = [listReboots, orderReboots, cancelReboot, rescheduleReboot]
