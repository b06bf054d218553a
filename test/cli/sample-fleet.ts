import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../../src/cli/command.ts'
import { contextIn } from '../../src/cli/context.ts'
import { catalogue } from '../../src/devices/catalogue.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { parseFleetText } from '../../src/fleet/parse.ts'
import type { DeliveryRecord } from '../../src/store/devices.ts'
import type { Store } from '../../src/store/store.ts'
import { environmentOf, openStore } from '../store/databases.ts'
import { fakeWorld } from './fake-world.ts'
import { dataFolder } from './running.ts'

export const vvx = '64167fb269d6'
export const t54w = '805ec0aa0001'
export const base = '805ec0112233'
export const open = '0015659370f2'
export const minute = 60_000
export const secret = 'sEcr3t-0f-the-line'

/** A data folder with the sample fleet, and whatever else is done to its store. */
export async function sample(more: (store: Store) => Promise<unknown> = async () => {}): Promise<string> {
  const data = dataFolder()
  await within(data, async (store) => {
    const text = readFileSync('examples/toine-immo.yaml', 'utf8').replace(
      'shortNumber: "1073"',
      `shortNumber: "1073"\n        sip: { password: ${secret} }`,
    )
    await apply(store, parseFleetText(Buffer.from(text)))
    await more(store)
  })
  return data
}

export async function within<T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ folder })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

export function apply(store: Store, data: unknown): Promise<unknown> {
  return applyEntries(store, readEntries(data), catalogue, {
    who: { name: 'a', source: 'cli' },
    prune: false,
  })
}

/** Runs a verb as main does, without a process of its own. */
export async function run(
  verb: Command,
  data: string,
  args: readonly string[] = [],
  { env = {}, answer }: { env?: Record<string, string>; answer?: string } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const folders = {
    BOOTLINE_DATA: data,
    ...environmentOf(data),
    BOOTLINE_CERTS: join(data, 'certs'),
    BOOTLINE_FIRMWARE: join(data, 'fw'),
  }
  const world = fakeWorld(
    { ...folders, BOOTLINE_PUBLIC_URL: 'https://prov.example.net:8443/', ...env },
    answer !== undefined,
  )
  if (answer !== undefined) world.stdin.end(answer)
  const code = await verb.run(contextIn(world, args.includes('--json')), args)
  return { code, stdout: world.written.stdout(), stderr: world.written.stderr() }
}

export async function jsonOf(verb: Command, data: string, ...args: readonly string[]) {
  return JSON.parse((await run(verb, data, [...args, '--json'])).stdout)
}

/** A file that a device got whole, unless said otherwise. */
export function delivery(mac: string, at: number, changes: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    at,
    mac,
    name: `${mac}.cfg`,
    kind: 'device',
    transport: 'https',
    method: 'GET',
    status: 200,
    bytes: 1000,
    complete: true,
    source: '192.0.2.7',
    ...changes,
  }
}
