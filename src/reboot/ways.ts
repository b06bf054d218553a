import type { Driver } from '../devices/driver.ts'
import type { RebootWay } from '../domain/intent.ts'
import { type Address, writtenAddress } from '../settings.ts'
import { createAsteriskSender } from './asterisk/sender.ts'
import { createFreeswitchSender } from './freeswitch/sender.ts'
import type { RebootLog } from './log.ts'
import { createSipSender } from './sip/sender.ts'
import type { Sender } from './wake.ts'
import { createWebSender } from './web/sender.ts'

/** The ways in which somebody tells the devices. */
export type TellingWay = Exclude<RebootWay, 'none'>

/** Whoever tells devices, by the way their company has chosen. */
export interface Senders {
  of(way: TellingWay): Promise<Sender>
  close(): Promise<void>
}

export interface SendersParts {
  /** From where devices are told over SIP. */
  readonly listen: Address | 'off'
  readonly drivers: readonly Pick<Driver, 'models' | 'web'>[]
  readonly log: RebootLog
}

/** Each sender is made when the first company needs it: a port that nobody uses stays free. */
export function createSenders({ listen, drivers, log }: SendersParts): Senders {
  const sip = once(() => sipSender(listen, log))
  const ways: Readonly<Record<TellingWay, Made>> = {
    sip,
    direct: sip,
    asterisk: once(async () => createAsteriskSender()),
    freeswitch: once(async () => createFreeswitchSender()),
    web: once(async () =>
      createWebSender((model) => drivers.find((driver) => driver.models.includes(model))?.web),
    ),
  }
  return {
    of: (way) => ways[way].get(),
    async close() {
      await Promise.all([...new Set(Object.values(ways))].map((made) => made.close()))
    },
  }
}

async function sipSender(listen: Address | 'off', log: RebootLog): Promise<Sender> {
  if (listen === 'off') return nobody('BOOTLINE_SIP is off: nothing is sent over SIP')
  const sender = createSipSender({ listen })
  log.info({ sip: writtenAddress(await sender.bound) }, 'telling devices over SIP')
  return sender
}

function nobody(detail: string): Sender {
  return { wake: async () => ({ result: 'misconfigured', detail }), close: async () => {} }
}

interface Made {
  get(): Promise<Sender>
  close(): Promise<void>
}

/** One that could not be made is tried again: what its port was taken by may have gone. */
function once(make: () => Promise<Sender>): Made {
  let made: Promise<Sender> | undefined
  return {
    get() {
      made ??= make().catch((error: unknown) => {
        made = undefined
        throw error
      })
      return made
    },
    async close() {
      const sender = await made?.catch(() => undefined)
      await sender?.close()
    },
  }
}
