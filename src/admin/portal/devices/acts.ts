import type { Act, Page } from '../page.ts'
import { deviceHead, devicePage } from './device.ts'
import type { WholeDevice } from './loop.ts'

const openWindow: Act = {
  path: '/devices/{mac}/window/open',
  page: devicePage,
  async do({ ask, params }) {
    await ask('openDeviceWindow', { params })
    return { to: `/devices/${params.mac}`, said: { text: 'window.said-open' } }
  },
}

const closeWindow: Act = {
  path: '/devices/{mac}/window/close',
  page: devicePage,
  async do({ ask, params }) {
    await ask('closeDeviceWindow', { params })
    return { to: `/devices/${params.mac}`, said: { text: 'window.said-closed' } }
  },
}

/** When a device is to restart: now, in the quiet hours, or at an hour of its company's clock. */
const restartOne: Page = {
  path: '/devices/{mac}/restart',
  action: 'device.reboot',
  async show(visit) {
    const { body: device } = await visit.ask<WholeDevice>('readDevice', { params: visit.params })
    return {
      view: 'devices/restart-one',
      title: visit.text('restart.one'),
      place: 'devices',
      data: { ...deviceHead(visit, device, 'state'), when: visit.form.one('when') ?? 'now' },
    }
  },
}

const orderOne: Act = {
  path: '/devices/{mac}/restart',
  page: restartOne,
  async do({ ask, params, form }) {
    const when = form.one('when') === 'hour' ? (form.one('hour') ?? '') : form.one('when')
    const { body } = await ask<{ readonly isTold: boolean }>('rebootDevice', { params, body: { when } })
    const text = body.isTold ? 'restart.one-ordered' : 'restart.one-untold'
    return { to: `/devices/${params.mac}`, said: { text } }
  },
}

export const actPages: readonly Page[] = [restartOne]
export const deviceActs: readonly Act[] = [openWindow, closeWindow, orderOne]
