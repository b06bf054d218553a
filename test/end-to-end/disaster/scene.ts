import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'
import { devicesIn } from '../../../src/cli/simulate-wanted.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { drivers } from '../../../src/devices/vendors.ts'
import { main } from '../../../src/main.ts'
import { madeUpFleet } from '../../../src/simulate/made-up.ts'
import { ownAddress } from '../../../src/simulate/own-address.ts'
import { type Boot, makePhone, type VirtualPhone } from '../../../src/simulate/phone.ts'
import { storm } from '../../../src/simulate/storm.ts'
import type { Store } from '../../../src/store/store.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import { environmentIn } from '../../lab/bootline.ts'
import { freePort } from '../../lab/places.ts'
import { openStore } from '../../store/databases.ts'

/** How the fleet of the drill is made up, in parts of a hundred. */
const shares = { 'polycom/vvx-450': 45, 'yealink/t54w': 45, 'yealink/w60b': 5, 'audiocodes/mp-202b': 5 }

export interface Scene {
  readonly environment: Readonly<Record<string, string>>
  readonly url: URL
  readonly api: string
  /** One verb on the data folder, in this process; whatever is refused fails the test. */
  run(...args: readonly string[]): Promise<string>
  /** A short look into the store: a server that starts later is the first to open it. */
  look<T>(work: (store: Store) => Promise<T>): Promise<T>
  /** The phones of the fleet, each knowing what it should be now. */
  phones(): Promise<readonly VirtualPhone[]>
  /** Has them be what the store says by now. */
  know(phones: readonly VirtualPhone[]): Promise<void>
}

/** A made-up fleet in a data folder, with a port for its devices and one for its manager. */
export async function sceneIn(folder: string, count: number): Promise<Scene> {
  const [httpPort, adminPort] = [await freePort(), await freePort()]
  const environment: Record<string, string> = {
    ...(environmentIn(folder, httpPort, join(folder, 'certs')) as Record<string, string>),
    BOOTLINE_ADMIN: `127.0.0.1:${adminPort}`,
    BOOTLINE_LOG_LEVEL: 'warn',
  }
  const scene = sceneOver(environment, `http://127.0.0.1:${adminPort}`)
  await scene.run('apply', '-', '--yes')
  return scene

  function sceneOver(environment: Record<string, string>, api: string): Scene {
    const url = new URL(environment.BOOTLINE_PUBLIC_URL ?? '')
    const run = async (...args: readonly string[]): Promise<string> => {
      const world = fakeWorld(environment)
      world.stdin.end(JSON.stringify(fleetOf(count)))
      const code = await main(args, world)
      expect({ args, code, said: world.written.stderr() }).toMatchObject({ args, code: 0 })
      return world.written.stdout()
    }
    const look = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
      const store = await openStore({ folder: environment.BOOTLINE_DATA ?? '' })
      try {
        return await work(store)
      } finally {
        await store.close()
      }
    }
    const wanted = () => look((store) => devicesIn(store, () => new Set()))
    return {
      environment,
      url,
      api,
      run,
      look,
      async phones() {
        return (await wanted()).map((one) => {
          const localAddress = ownAddress(one.intent.mac, url.hostname)
          return makePhone(one, url, localAddress === undefined ? {} : { localAddress })
        })
      },
      async know(phones) {
        const byMac = new Map((await wanted()).map((one) => [one.intent.mac, one]))
        for (const phone of phones) phone.expect(byMac.get(phone.hardware.mac) ?? phone.wanted)
      },
    }
  }
}

function fleetOf(count: number): object {
  const mix = new Map(
    Object.entries(shares).flatMap(([id, share]) => {
      const model = catalogue.find(id)
      return model ? [[model, Math.max(1, Math.round((count * share) / 100))] as const] : []
    }),
  )
  const made = madeUpFleet(mix, 7, ({ maker }) => {
    const driver = drivers.find((one) => one.prefixes[maker])
    return driver?.prefixes[maker]?.[0] ?? ''
  })
  // Nobody is there to be told.
  return { companies: made.companies.map((company) => ({ ...company, reboot: { by: 'none' } })) }
}

/** Each of them starts once, and is what it should be. */
export async function bootAll(phones: readonly VirtualPhone[]): Promise<void> {
  const bad: Boot[] = []
  const { signal } = new AbortController()
  setMaxListeners(0, signal)
  await storm(phones, phones.length, signal, (boot) => {
    if (boot.outcome !== 'ok') bad.push(boot)
  })
  expect(bad.map(({ mac, outcome, detail, differences }) => ({ mac, outcome, detail, differences }))).toEqual(
    [],
  )
}

/** So many have a connection at a time: more would keep a small machine from hearing the manager. */
const lanes = 8

/** They start one after the other, over and over, until somebody ends it. */
export async function keepStarting(
  phones: readonly VirtualPhone[],
  signal: AbortSignal,
  tell: (boot: Boot) => void,
): Promise<void> {
  const waiting = [...phones]
  const lane = async (): Promise<void> => {
    for (let phone = waiting.shift(); phone && !signal.aborted; phone = waiting.shift()) {
      await storm([phone], 1, signal, tell)
      waiting.push(phone)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
