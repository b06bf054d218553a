import { updateFeedOnce } from '../registrar/feed-keeper.ts'
import type { Store } from '../store/store.ts'
import type { Context } from './context.ts'

/**
 * Lets the SIP server know at once what a verb has changed, whether a server of ours runs or not. The change itself is
 * made by then: what fails here is said, and made good by the next change or the server.
 */
export async function tellRegistrar(context: Context, store: Store): Promise<void> {
  const { registrarDatabase } = context.settings()
  if (!registrarDatabase) return
  try {
    await updateFeedOnce(registrarDatabase, store.accounts)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    context.err(`The SIP server does not know of this yet. ${why}`)
    if (error instanceof Error && 'remedy' in error) context.err(`  → ${error.remedy}`)
  }
}
