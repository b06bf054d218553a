import { judge } from '../../../domain/permissions.ts'
import type { Page, Visit } from '../page.ts'
import { isOnItsWay, loopSteps, type WholeDevice } from './loop.ts'
import { type Story, shownBoots, shownEvents } from './story.ts'
import { alarmsBeside, answerWords, causeWords, refusalWords } from './words.ts'

/** One device: how it is, what to do about it, how far it is, and everything that happened to it. */
export const devicePage: Page = {
  path: '/devices/{mac}',
  async show(visit) {
    const { ask, params } = visit
    const { body: device } = await ask<WholeDevice>('readDevice', { params })
    const { body: story } = await ask<Story>('readDeviceStory', { params })
    const { turnedAway } = device
    return {
      view: 'devices/device',
      title: device.label ?? device.model,
      place: 'devices',
      data: {
        ...deviceHead(visit, device, 'state'),
        steps: loopSteps(device),
        isOnItsWay: isOnItsWay(device),
        refusal: turnedAway && { ...turnedAway, words: refusalWords(visit, turnedAway) },
        job: device.job && shownJob(visit, device.job),
        boots: shownBoots(visit, story),
        events: shownEvents(visit, story),
        alarms: alarmsBeside(device),
        windowState: windowState(device.window, Date.now()),
      },
    }
  },
}

/** What all pages of a device begin with: which one it is, and where one can go from here. */
export function deviceHead({ who }: Visit, device: WholeDevice, page: string): object {
  const may = allowed(who, device)
  const pages = pagesOf(may, device.mac).map((one) => ({ ...one, here: one.page === page }))
  return { device, may, pages, path: `/devices/${device.mac}` }
}

/** A window that is over is none: it admits nobody, and there is nothing to close. */
function windowState(window: WholeDevice['window'], now: number): 'none' | 'open' | 'used' {
  if (window === undefined || Date.parse(window.until) <= now) return 'none'
  return window.firstContactAt === undefined ? 'open' : 'used'
}

type May = Readonly<Record<'window' | 'restart' | 'files' | 'uploads', boolean>>

function allowed(who: Visit['who'], { company, site, lines }: WholeDevice): May {
  const line = lines.find(({ number }) => number === who.line)?.number
  const place = { company, ...(site === undefined ? {} : { site }), ...(line === undefined ? {} : { line }) }
  const may = (action: Parameters<typeof judge>[1]) => judge(who, action, place) === 'may'
  return {
    window: may('device.window'),
    restart: may('device.reboot'),
    files: may('device.files'),
    uploads: may('device.uploads'),
  }
}

function pagesOf(may: May, mac: string): readonly { readonly page: string; readonly to: string }[] {
  return [
    { page: 'state', to: `/devices/${mac}` },
    ...(may.files ? [{ page: 'files', to: `/devices/${mac}/files` }] : []),
    ...(may.uploads ? [{ page: 'sent', to: `/devices/${mac}/sent` }] : []),
  ]
}

/** A device in the queue, with why it is there and how it answered. */
export function shownJob(visit: Visit, job: NonNullable<WholeDevice['job']>): object {
  const isPutOff = job.state === 'waiting' && Date.parse(job.dueAt) > Date.parse(job.queuedAt)
  return {
    ...job,
    why: causeWords(visit, job.reasons),
    answer: answerWords(visit, job.lastResult),
    isPutOff,
    mayMove: job.state === 'waiting' || job.state === 'given-up',
  }
}
