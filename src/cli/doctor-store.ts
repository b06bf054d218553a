import { existsSync } from 'node:fs'
import type { Settings } from '../settings.ts'
import { layoutOf } from '../store/files.ts'
import { openStore, type Store } from '../store/store.ts'
import { codeOf, type Finding, good, warning, wrong } from './doctor-finding.ts'
import { lookAtSip } from './doctor-sip.ts'
import { lookAtWebhook } from './doctor-webhook.ts'
import { storeOptions } from './fleet-store.ts'

/** The store, and what only the store knows of: SIP servers, messages that wait, when devices were here last. */
export async function lookAtStore(settings: Settings, now: number): Promise<readonly Finding[]> {
  // Opening would make one, and it would belong to whoever asks the doctor.
  const { database } = layoutOf(settings.data, settings.keyFile)
  if (settings.databaseUrl === undefined && !existsSync(database))
    return [warning('database', `${database} is not there yet`, 'the first start makes it')]
  let store: Store | undefined
  try {
    store = await openStore(storeOptions(settings))
    await store.check()
    const companies = await store.readFleet({ secrets: false })
    return [
      good('database', `whole; ${companies.length} companies`),
      ...(await lookAtClock(store, now)),
      ...(await lookAtSip(companies)),
      ...(await lookAtWebhook(settings, await store.hooks.count())),
    ]
  } catch (error) {
    const remedy = error instanceof Error && 'remedy' in error ? String(error.remedy) : undefined
    const says = error instanceof Error ? error.message : codeOf(error)
    return [wrong('database', says, remedy ?? 'bootline restore puts a backup in its place')]
  } finally {
    await store?.close()
  }
}

/** No network is needed to see that a clock stands wrong: it was later once, or Bootline did not exist yet. */
async function lookAtClock({ devices }: Store, now: number): Promise<readonly Finding[]> {
  const remedy = 'let it take its time from the network: timedatectl set-ntp true'
  const said = new Date(now).toISOString()
  if (now < Date.UTC(2025, 0)) return [wrong('clock', `this machine believes it is ${said}`, remedy)]
  const [last] = await devices.recentDeliveries(1)
  if (last && last.at > now + 60_000)
    return [
      warning(
        'clock',
        `a device was here at ${new Date(last.at).toISOString()}, and this machine believes it is ${said}`,
        remedy,
      ),
    ]
  return [good('clock', said)]
}
