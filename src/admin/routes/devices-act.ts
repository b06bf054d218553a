import { z } from 'zod'
import { makeDeviceAccount } from '../../fleet/passwords.ts'
import { ApiFailure, nothingThere } from '../http/failure.ts'
import { route } from '../route.ts'
import { instant, shownWindow, time, windowOf } from './devices-shown.ts'
import { clocksOf, whenOf, whenText } from './reboots-when.ts'

export const openWindow = route({
  id: 'openDeviceWindow',
  method: 'post',
  path: '/devices/{mac}/window',
  summary: 'Let a device in anew that was reset or exchanged: its account becomes another one',
  tag: 'devices',
  action: 'device.window',
  of: 'device',
  answer: z.object({ window: windowOf }),
  async handle({ who, place: { mac = '' }, services: { store, now, nudge } }) {
    const author = { name: who.name, source: 'api', at: now() }
    await store.devices.openDeviceWindow(mac, author, makeDeviceAccount)
    nudge()
    const window = (await store.devices.deviceState(mac))?.window
    if (!window) throw nothingThere()
    return { body: { window: shownWindow(window) } }
  },
})

export const closeWindow = route({
  id: 'closeDeviceWindow',
  method: 'delete',
  path: '/devices/{mac}/window',
  summary: 'Close the window of a linked device before it is over',
  tag: 'devices',
  action: 'device.window',
  of: 'device',
  async handle({ who, place: { mac = '' }, services: { store, now, nudge } }) {
    const wasOpen = await store.devices.endDeviceWindow(mac, { name: who.name, source: 'api', at: now() })
    if (!wasOpen) {
      throw new ApiFailure(
        409,
        'window-not-open',
        'no window of a linked device is open here',
        'there is nothing to close; the window of an unlinked device ends by itself',
      )
    }
    nudge()
    return {}
  },
})

export const rebootDevice = route({
  id: 'rebootDevice',
  method: 'post',
  path: '/devices/{mac}/reboot',
  summary: 'Have a device restart and take what it should have',
  tag: 'reboots',
  action: 'device.reboot',
  of: 'device',
  body: z.strictObject({ when: whenText }),
  answer: z.object({
    dueAt: time,
    isTold: z
      .boolean()
      .describe('false: its company has its devices not told, so it takes it when it next starts'),
  }),
  async handle({ who, place: { mac = '', company = '' }, body, services: { store, now, nudge } }) {
    const at = now()
    const when = whenOf(body.when, at)
    const { clock, isTold } = (await clocksOf(store, [company]))(company)
    const dueAt = when(clock)
    await store.reboots.order({ macs: [mac], dueAt, who: who.name, at })
    nudge()
    return { body: { dueAt: instant(dueAt), isTold } }
  },
})
