import type { z } from 'zod'
import { judge } from '../../../domain/permissions.ts'
import { localPath } from '../../people/form.ts'
import { type jobOf, jobStates } from '../../routes/reboots-shown.ts'
import { address } from '../address.ts'
import type { Listed } from '../listed.ts'
import type { Act, Page } from '../page.ts'
import { shownJob } from './device.ts'

const pageSize = 50

/** The devices that are to be told: which, why, when, and how they answered. */
const queuePage: Page = {
  path: '/reboots',
  action: 'site.read',
  async show(visit) {
    const { ask, query, text, who } = visit
    const state = jobStates.find((name) => name === query.state)
    const { company, after } = query
    const { body } = await ask<Listed<z.output<typeof jobOf>>>('listReboots', {
      query: { company, state, after, limit: pageSize },
    })
    return {
      view: 'devices/queue',
      title: text('queue.title'),
      place: 'devices',
      data: {
        tab: 'queue',
        items: body.items.map((job) => ({
          ...shownJob(visit, job),
          may:
            judge(who, 'device.reboot', { company: job.company, ...(job.site ? { site: job.site } : {}) }) ===
            'may',
        })),
        pills: [undefined, ...jobStates].map((name) => ({
          name: name ?? 'all',
          here: name === state,
          to: address('/reboots', { company, state: name }),
        })),
        address: address('/reboots', { company, state, after }),
        first: after && address('/reboots', { company, state }),
        next: body.next && address('/reboots', { company, state, after: body.next }),
      },
    }
  },
}

/** From the queue or from the device's own page, where one is led back to. */
const tellNow: Act = {
  path: '/reboots/{mac}/now',
  action: 'device.reboot',
  page: queuePage,
  async do({ ask, params, form }) {
    await ask('rescheduleReboot', { params, body: { when: 'now' } })
    return { to: localPath(form.one('to')) || '/reboots', said: { text: 'queue.said-now' } }
  },
}

const cancel: Act = {
  path: '/reboots/{mac}/cancel',
  action: 'device.reboot',
  page: queuePage,
  async do({ ask, params, form }) {
    await ask('cancelReboot', { params })
    return { to: localPath(form.one('to')) || '/reboots', said: { text: 'queue.said-cancelled' } }
  },
}

export const queuePages: readonly Page[] = [queuePage]
export const queueActs: readonly Act[] = [tellNow, cancel]
