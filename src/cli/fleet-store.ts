import { userInfo } from 'node:os'
import type { Company } from '../domain/intent.ts'
import type { Settings } from '../settings.ts'
import { openStore, type Store, type StoreOptions } from '../store/store.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'

/** Opens the store that the settings name for the time of one piece of work. */
export async function withStore<T>(context: Context, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(storeOptions(context.settings()))
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Where the store is and what its secrets open with. */
export function storeOptions({ data, key, keyFile, databaseUrl, webhookUrl }: Settings): StoreOptions {
  return {
    folder: data,
    keyFile,
    messages: webhookUrl !== undefined,
    ...(key === undefined ? {} : { key }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  }
}

/** Companies with their lines, without secrets unless asked for; a name that none bears is a mistake, not an empty list. */
export async function readCompanies(
  store: Store,
  names: readonly string[] | undefined,
  secrets = false,
): Promise<Company[]> {
  const companies = await store.readFleet(names ? { companies: names, secrets } : { secrets })
  const missing = names?.find((name) => !companies.some((company) => company.name === name))
  if (missing !== undefined)
    throw new Refusal(
      'company-unknown',
      `there is no company "${missing}"`,
      'bootline export shows which there are',
    )
  return companies
}

/** Who changes something from the command line, for the audit: the user of this machine. */
export function commandLineUser(): { name: string; source: string } {
  return { name: userName(), source: 'cli' }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a number that has no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
