import type { DeviceAccess } from '../domain/intent.ts'
import { formatMac } from '../domain/mac.ts'
import { windowTimes } from '../domain/window.ts'
import { makeDeviceAccount } from '../fleet/passwords.ts'
import type { DeviceStatus } from '../store/devices.ts'
import { command } from './command.ts'
import { commandLineUser, withStore } from './fleet-store.ts'
import { labelOf, macGiven, unknownDevice } from './story-device.ts'
import { instant, moment } from './story-times.ts'

const hours = windowTimes.open / 3_600_000

export const window = command({
  name: 'window',
  summary:
    'Let a device in anew that was reset or exchanged: its window opens, its account becomes another one',
  operands: ['MAC'],
  examples: ['bootline window 64:16:7f:b2:69:d6', 'bootline window 80:5e:c0:11:22:33 --yes'],
  options: { yes: { type: 'boolean', short: 'y', about: 'do it without asking' } },
  async run(context, { yes = false }, [text = '']) {
    const mac = macGiven(text)
    return withStore(context, async (store) => {
      const device = await store.devices.deviceState(mac)
      if (!device) throw unknownDevice(mac)
      const [company] = await store.readFleet({ companies: [device.company], secrets: false })
      if (!context.json) for (const line of meaning(device, company?.deviceAccess)) context.out(line)
      if (!yes && !(await context.confirm('Open the window?'))) return 1
      const at = Date.now()
      const opened = await store.devices.openDeviceWindow(
        mac,
        { ...commandLineUser(), at },
        makeDeviceAccount,
      )
      if (opened === undefined) throw unknownDevice(mac)
      const until = at + windowTimes.open
      context.show({ mac, windowUntil: instant(until) }, () => `The window is open until ${moment(until)}.`)
      return 0
    })
  },
})

/** What a person agrees to. */
function meaning(device: DeviceStatus, access: DeviceAccess | undefined): readonly string[] {
  const name = `${formatMac(device.mac)}, ${labelOf(device.model)} of ${device.company}`
  if (device.state === 'neutral') {
    return [
      `${name}, was unlinked.`,
      `For ${hours} hours the first who asks in its name, from whatever address, gets its neutral configuration.`,
    ]
  }
  const account = 'What the device knows of its account here is worth nothing from now on.'
  if (access === 'open') return [`${name}: its company is open, so no window is needed.`, account]
  if (access === 'certificate')
    return [`${name}: its company admits devices by certificate only, a window lets nobody in.`, account]
  return [
    `${name}: for ${hours} hours the first who asks for its files gets them, with its passwords, and a new account.`,
    account,
    'A device that runs well fetches its new account when it next starts or looks by itself, as long as the window is open.',
  ]
}
