import type { Chance } from '../../../src/simulate/chance.ts'
import type { Store } from '../../../src/store/store.ts'

/** One saving of a line's keys, as the manager knows of it. */
export interface Save {
  readonly line: string
  /** On the key that is changed: no two saves have the same. */
  readonly label: string
  acknowledged: boolean
}

/** Somebody who saves keys over the API, over and over. */
export interface Manager {
  readonly saves: readonly Save[]
  /** Until nobody answers any more. Told of each save as it is about to be sent. */
  work(lines: readonly string[], about: (save: Save) => void): Promise<void>
}

interface KeysBody {
  readonly supervision: readonly string[]
  readonly shortcuts: readonly (string | { readonly number: string; readonly label: string })[]
}

/** The shortcut that is given another label each time. */
const own = '3899'

export function createManager(api: string, token: string, chance: Chance): Manager {
  const saves: Save[] = []
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }

  async function save(line: string, about: (save: Save) => void): Promise<void> {
    const path = `${api}/api/v1/lines/${encodeURIComponent(line)}/keys`
    const read = await fetch(path, { headers })
    if (!read.ok) throw new Error(`the keys of ${line} are answered with ${read.status}`)
    const { supervision, shortcuts } = (await read.json()) as KeysBody
    const one: Save = { line, label: `Save ${saves.length + 1}`, acknowledged: false }
    const body = JSON.stringify({
      supervision,
      shortcuts: shortcuts.map((key) =>
        typeof key !== 'string' && key.number === own ? { ...key, label: one.label } : key,
      ),
    })
    saves.push(one)
    about(one)
    const match = { 'If-Match': read.headers.get('etag') ?? '' }
    const { status } = await fetch(path, { method: 'PUT', headers: { ...headers, ...match }, body })
    if (status !== 200) throw new Error(`the keys of ${line} were not taken: ${status}`)
    one.acknowledged = true
  }

  return {
    saves,
    async work(lines, about) {
      try {
        for (;;) await save(lines[Math.floor(chance.next() * lines.length)] ?? '', about)
      } catch (error) {
        // What a program sees of a server that is gone; a server that answers otherwise is a finding.
        if (!(error instanceof TypeError)) throw error
      }
    },
  }
}

/** Every label that a line's own key ever had, the newest first. */
export async function labelsOf(store: Store, line: string): Promise<readonly string[]> {
  const versions = await store.keyVersions(line, 10_000)
  return versions.flatMap(({ keys }) => labelIn(keys.shortcuts) ?? [])
}

export async function labelNow(store: Store, line: string): Promise<string | undefined> {
  return labelIn((await store.findLine(line))?.line.keys.shortcuts ?? [])
}

function labelIn(shortcuts: KeysBody['shortcuts']): string | undefined {
  for (const key of shortcuts) if (typeof key !== 'string' && key.number === own) return key.label
  return undefined
}
