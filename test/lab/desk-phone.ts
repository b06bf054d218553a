import { type Fetched, fetchFile } from './fetching.ts'
import {
  type Configured,
  polycomConfigured,
  polycomValues,
  type Values,
  yealinkConfigured,
  yealinkValues,
} from './rendered.ts'
import type { Manner } from './scenarios.ts'
import { type SipPhone, startSipPhone } from './sip-phone.ts'
import { createTape, type Tape } from './tape.ts'

export interface DeviceWish {
  readonly make: 'yealink' | 'polycom'
  readonly mac: string
  readonly userAgent: string
  /** The device's address on this machine; its SIP side may have another one, as behind another router. */
  readonly address: string
  readonly sipAddress?: string
  readonly manner?: Manner
  /** The router its SIP goes through. */
  readonly router?: number
}

/** One start of a device, or one look for new files. */
export interface Boot {
  /** `power`, or what the device heard. */
  readonly cause: string
  readonly files: Readonly<Record<string, Fetched>>
  readonly values: Values
  readonly configured: Configured
  /** Whether the SIP server let each of its lines in, in their order. */
  readonly registered: readonly boolean[]
}

/** A device as its owner sees it: it fetches its files, registers with what they say, and comes again when it is told. */
export interface DeskPhone {
  readonly boots: Tape<Boot>
  /** What its lines heard over SIP. */
  readonly heard: Tape<string>
  switchOn(): Promise<Boot>
  switchOff(): Promise<void>
}

interface Vendor {
  fetch(get: (name: string) => Promise<Fetched>, mac: string): Promise<Readonly<Record<string, Fetched>>>
  values(texts: readonly string[]): Values
  configured(values: Values): Configured
}

const vendors: Readonly<Record<DeviceWish['make'], Vendor>> = {
  yealink: {
    async fetch(get, mac) {
      const boot = await get(`${mac}.boot`)
      const own = await get(`${mac}.cfg`)
      return { [`${mac}.boot`]: boot, [`${mac}.cfg`]: own }
    },
    values: yealinkValues,
    configured: yealinkConfigured,
  },
  polycom: {
    async fetch(get, mac) {
      const files: Record<string, Fetched> = {}
      const take = async (name: string) => {
        files[name] = await get(name)
        return files[name].body
      }
      const named = /CONFIG_FILES="([^"]*)"/.exec(await take(`${mac}.cfg`))?.[1] ?? ''
      for (const name of named.split(',').map((each) => each.trim())) if (name !== '') await take(name)
      await take(`${mac}-directory.xml`)
      return files
    },
    values: polycomValues,
    configured: polycomConfigured,
  },
}

export function makeDeskPhone(url: string, wish: DeviceWish): DeskPhone {
  const { mac, userAgent, address, sipAddress = address, manner = 'willing', router } = wish
  const vendor = vendors[wish.make]
  const boots = createTape<Boot>(`the starts of ${mac}`)
  const heard = createTape<string>(`what ${mac} heard`)
  let signIn: Configured['signIn']
  let lines: readonly SipPhone[] = []
  let busy: Promise<unknown> = Promise.resolve()

  async function take(cause: string): Promise<Boot> {
    await hangUp()
    const get = (name: string) => fetchFile({ url, address, userAgent, signIn }, name)
    const files = await vendor.fetch(get, mac)
    const good = Object.values(files).filter(({ status }) => status === 200)
    const values = vendor.values(good.map(({ body }) => body))
    const configured = vendor.configured(values)
    if (good.length > 0) signIn = configured.signIn
    lines = await Promise.all(configured.accounts.map((account) => register(account)))
    const registered = lines.map(({ events }) => events.all[0] === 'registered')
    const boot = { cause, files, values, configured, registered }
    boots.add(boot)
    for (const line of lines) listen(line)
    return boot
  }

  function register(account: Configured['accounts'][number]): Promise<SipPhone> {
    return startSipPhone({
      account,
      address: sipAddress,
      manner,
      ...(router === undefined ? {} : { router }),
    })
  }

  /** One thing after the other: what is heard during a start is done after it. */
  function after<T>(work: () => Promise<T>): Promise<T> {
    const done = busy.then(work)
    busy = done
    return done
  }

  function listen(line: SipPhone): void {
    line.events.each((event) => {
      if (!event.startsWith('heard')) return
      heard.add(event)
      const takesIt = manner !== 'unwilling' && manner !== 'unfit' && manner !== 'deaf'
      if (takesIt) void after(() => take(event))
    })
  }

  async function hangUp(): Promise<void> {
    const had = lines
    lines = []
    await Promise.all(had.map((line) => line.stop()))
  }

  return { boots, heard, switchOn: () => after(() => take('power')), switchOff: () => after(hangUp) }
}
