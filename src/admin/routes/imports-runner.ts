import { readImport } from '../../fleet/import/read.ts'
import { ApiFailure, tell } from '../http/failure.ts'
import type { Services } from '../services.ts'
import { bringIn, type ImportCall } from './imports-done.ts'

export interface WantedImport {
  readonly call: ImportCall & { readonly requestId: string }
  readonly owner: string
  readonly bytes: Uint8Array
}

/** How far the writing of an import is: its rows are written together with all that hangs on them. */
interface Writing {
  readonly done: number
  readonly total: number
}

interface Runner {
  /** Ends when the last import has. */
  last: Promise<void>
  waiting: number
  /** Not in the store: while an import is written, nothing else is. */
  readonly writing: Map<number, Writing>
}

/** Each holds its file in memory until its turn comes. */
const mostWaiting = 5
/** So long somebody may read what came of an import. */
const rememberedFor = 7 * 86_400_000

/** What an import came to that a server left unfinished: it writes all or nothing, and had not written. */
export const interrupted = {
  code: 'import-interrupted',
  detail: 'the server restarted; nothing was written',
  remedy: 'start the import again',
}

const runners = new WeakMap<Services, Runner>()

function runnerOf(services: Services): Runner {
  const known = runners.get(services)
  if (known) return known
  const made = { last: Promise.resolve(), waiting: 0, writing: new Map() }
  runners.set(services, made)
  return made
}

/** Begins an import that goes on by itself, one after the other; says its number. */
export async function beginImport(services: Services, wanted: WantedImport): Promise<number> {
  const runner = runnerOf(services)
  if (runner.waiting >= mostWaiting) {
    const right = 'try again when one of them has ended'
    throw new ApiFailure(503, 'imports-waiting', `${mostWaiting} imports wait already`, right, {
      headers: { 'Retry-After': '10' },
    })
  }
  runner.waiting += 1
  try {
    const at = services.now()
    const { owner } = wanted
    const id = await services.store.imports.begin({ owner, at, forgetBefore: at - rememberedFor })
    runner.last = runner.last.then(() => run(services, runner, id, wanted)).finally(() => runner.waiting--)
    return id
  } catch (error) {
    runner.waiting -= 1
    throw error
  }
}

async function run(
  services: Services,
  runner: Runner,
  id: number,
  { call, bytes }: WantedImport,
): Promise<void> {
  const { store, now, report } = services
  try {
    const tables = await readImport(bytes, call.query.kind)
    await store.imports.check(
      id,
      tables.reduce((sum, { rows }) => sum + rows.length, 0),
    )
    const result = await bringIn(call, tables, (done, total) => runner.writing.set(id, { done, total }))
    await store.imports.end(id, 'done', result, now())
  } catch (error) {
    const { document, unexpected } = tell(error, call.requestId)
    if (unexpected) report(error, call.requestId)
    const { code, detail, remedy, problems } = document
    await store.imports
      .end(id, 'failed', { code, detail, remedy, ...(problems ? { problems } : {}) }, now())
      .catch((failure: unknown) => report(failure, call.requestId))
  } finally {
    runner.writing.delete(id)
  }
}

/** How far an import's writing is, once it has begun. */
export function writingOf(services: Services, id: number): Writing | undefined {
  return runnerOf(services).writing.get(id)
}

/** For the end of a server: waits for the imports under way. */
export function importsEnded(services: Services): Promise<void> {
  return runnerOf(services).last
}
