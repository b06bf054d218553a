import { type Fetched, fetchFile, sendFile } from './fetching.ts'
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
  /** Registers anew with what it has, as when its server comes back. */
  register(): Promise<void>
  /** One file, without a start. */
  fetch(name: string): Promise<Fetched>
  send(name: string, body: string): Promise<Fetched>
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
  let accounts: Configured['accounts'] = []
  let lines: readonly SipPhone[] = []
  let busy: Promise<unknown> = Promise.resolve()

  const fetching = () => ({ url, address, userAgent, signIn })
  const fetch = (name: string): Promise<Fetched> => fetchFile(fetching(), name)

  async function take(cause: string): Promise<Boot> {
    await hangUp()
    const files = await vendor.fetch(fetch, mac)
    const good = Object.values(files).filter(({ status }) => status === 200)
    const values = vendor.values(good.map(({ body }) => body))
    const configured = vendor.configured(values)
    if (good.length > 0) signIn = configured.signIn
    accounts = configured.accounts
    const registered = await signUp()
    const boot = { cause, files, values, configured, registered }
    boots.add(boot)
    for (const line of lines) listen(line)
    return boot
  }

  /** Whether the server let each line in. */
  async function signUp(): Promise<readonly boolean[]> {
    const sip = { address: sipAddress, manner, ...(router === undefined ? {} : { router }) }
    lines = await Promise.all(accounts.map((account) => startSipPhone({ account, ...sip })))
    return lines.map(({ events }) => events.all[0] === 'registered')
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

  return {
    boots,
    heard,
    switchOn: () => after(() => take('power')),
    switchOff: () => after(hangUp),
    register: () =>
      after(async () => {
        await hangUp()
        await signUp()
        for (const line of lines) listen(line)
      }),
    fetch,
    send: (name, body) => sendFile(fetching(), name, body),
  }
}
