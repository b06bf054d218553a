import { carryOutDeletions } from '../fleet/companies.ts'
import type { Store } from '../store/store.ts'

const hour = 3_600_000

interface Log {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Deletes companies whose day has come, also those whose day came while no server ran. */
export function keepDeletions(store: Store, log: Log): { close(): Promise<void> } {
  let running = look()
  const timer = setInterval(() => {
    running = running.then(look)
  }, hour).unref()

  async function look(): Promise<void> {
    try {
      const { deleted, kept } = await carryOutDeletions(store, Date.now())
      for (const company of deleted) log.info({ company }, 'a company was deleted, as planned')
      for (const company of kept) log.info({ company }, 'a company has lines again, and stays')
    } catch (error) {
      log.error({ err: error }, 'planned deletions could not be carried out, and are tried again')
    }
  }

  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
