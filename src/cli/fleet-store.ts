import { userInfo } from 'node:os'
import type { Settings } from '../settings.ts'
import { openStore, type Store, type StoreOptions } from '../store/store.ts'
import type { Context } from './context.ts'

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
export function storeOptions({ data, key, keyFile }: Settings): StoreOptions {
  return { folder: data, keyFile, ...(key === undefined ? {} : { key }) }
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
