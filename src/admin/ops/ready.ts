import type { Store } from '../../store/store.ts'

/** What keeps the server from serving; the words are stable, and tell strangers nothing. */
export type NotReady = 'store' | 'listeners' | 'files' | 'stopping'

export interface Readiness {
  readonly store: Pick<Store, 'generation'>
  /** What answers devices; absent until all of it is there. */
  readonly service: () => Listening | undefined
  readonly stopping: () => boolean
}

interface Listening {
  readonly addresses: Readonly<Record<string, string>>
  /** Processes that share the listeners: all of them have to be there. */
  readonly workers?: { readonly serving: number; readonly wanted: number }
}

/** Whoever asks wants an answer while a store hangs, too. */
const patience = 2_000

export async function reasonsNotReady({ store, service, stopping }: Readiness): Promise<readonly NotReady[]> {
  const running = service()
  const answers = await storeAnswers(store)
  return [
    ...(stopping() ? ['stopping' as const] : []),
    ...(answers ? [] : ['store' as const]),
    // The files are loaded before the first listener opens.
    ...(running ? [] : ['files' as const]),
    ...(running && listens(running) ? [] : ['listeners' as const]),
  ]
}

function listens({ addresses, workers }: Listening): boolean {
  return Object.keys(addresses).length > 0 && (!workers || workers.serving === workers.wanted)
}

async function storeAnswers(store: Readiness['store']): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patience, false)
  })
  const answer = store.generation().then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
