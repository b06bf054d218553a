import type { z } from 'zod'
import type { meantBody } from '../../routes/reboots-meant.ts'
import { address } from '../address.ts'
import type { Act, Page, Visit } from '../page.ts'
import { filtersOf } from './filters.ts'
import { deviceList } from './list.ts'

type Meant = z.output<typeof meantBody>

interface Plan {
  readonly devices: readonly { readonly dueAt: string; readonly isTold: boolean }[]
  readonly minutes: number
}

/** What would restart, now or tonight, before anybody orders it. */
const restartMany: Page = {
  path: '/devices/restart',
  action: 'device.reboot',
  async show(visit) {
    const { query, form, text } = visit
    const given = { ...query, ...form.fields }
    const meant = meantBy(given)
    const [now, tonight] = [await planOf(visit, meant, 'now'), await planOf(visit, meant, 'quiet')]
    const untold = now.devices.filter(({ isTold }) => !isTold).length
    return {
      view: 'devices/restart-many',
      title: text('restart.many'),
      place: 'devices',
      data: {
        count: now.devices.length,
        untold,
        now,
        tonight: { ...tonight, from: tonight.devices.map(({ dueAt }) => dueAt).sort()[0] },
        given: Object.entries({ ...meant, macs: meant.macs?.join(',') }),
        back: address('/devices', filtersOf(given)),
      },
    }
  },
}

async function planOf({ ask }: Visit, meant: Meant, when: string): Promise<Plan> {
  return (await ask<Plan>('orderReboots', { query: { dryRun: true }, body: { ...meant, when } })).body
}

/** Those that were ticked, by their addresses; otherwise all that a list was narrowed to. */
function meantBy(given: Readonly<Record<string, string>>): Meant {
  if (given.macs === undefined) return filtersOf(given)
  return { macs: given.macs.split(',').filter(Boolean) }
}

/** From the list: leads to the page that says what would be done. */
const chooseDevices: Act = {
  path: '/devices/choose',
  action: 'device.reboot',
  page: deviceList,
  async do({ form }) {
    const isAll = form.one('which') === 'all'
    const query = isAll ? filtersOf(form.fields) : { macs: form.all('mac').join(',') || ',' }
    return { to: address('/devices/restart', query) }
  },
}

const orderMany: Act = {
  path: '/devices/restart',
  action: 'device.reboot',
  page: restartMany,
  async do({ ask, form }) {
    const body = { ...meantBy(form.fields), when: form.one('when') }
    const ordered = await ask<Plan>('orderReboots', { body })
    return {
      to: '/reboots',
      said: { text: 'restart.many-ordered', values: { count: ordered.body.devices.length } },
    }
  },
}

export const restartManyPages: readonly Page[] = [restartMany]
export const restartManyActs: readonly Act[] = [chooseDevices, orderMany]
