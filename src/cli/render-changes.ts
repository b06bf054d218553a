import { unifiedDiff } from '../domain/unified-diff.ts'
import type { RenderedFile } from '../provision/render.ts'
import type { Store } from '../store/store.ts'
import type { Context } from './context.ts'
import { moment } from './story-times.ts'

/** How the files of a device differ from those it took last; neither have passwords in them. */
export async function tellChanges(
  context: Context,
  store: Store,
  mac: string,
  files: readonly RenderedFile[],
): Promise<number> {
  const taken = await store.devices.takenOf(mac)
  if (!taken) {
    context.show({ mac, changes: [] }, () => 'Nothing is kept of what it took: it was not in sync yet.')
    return 0
  }
  const changes = files.map(({ name, body }) => {
    const before = taken.files.find((file) => file.name === name)?.body ?? ''
    return { name, unified: unifiedDiff(name, before, body.toString('utf8')) }
  })
  const { revision, at } = taken
  context.show({ mac, taken: { revision, at: new Date(at).toISOString() }, changes }, () => {
    const text = changes.map(({ unified }) => unified).join('')
    return text === '' ? `The same as on ${moment(at)}, passwords aside.` : text.trimEnd()
  })
  return 0
}
