import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { companions } from './files.ts'

/** Enough to go back over every upgrade of a year or two, and few enough not to fill a disk. */
const kept = 10

/** What Bootline names its own copies; whatever else lies beside them is somebody's own, and stays. */
const kinds = [/^before-\d{3}-(\d{8}T\d{9}Z)\.db$/, /^replaced-(\d{8}T\d{9}Z)\.db$/]

/** Keeps the newest copies of each kind, and the one that was just restored. One that cannot be removed is left: that is no reason not to start. */
export async function forgetOldCopies(folder: string, spared?: string): Promise<void> {
  const names = await readdir(folder)
  for (const kind of kinds) {
    const copies = names
      .map((name) => ({ name, at: kind.exec(name)?.[1] ?? '' }))
      .filter(({ at }) => at !== '')
      .sort((a, b) => (a.at < b.at ? 1 : -1))
    for (const { name } of copies.slice(kept)) {
      if (join(folder, name) === spared) continue
      for (const suffix of ['', ...companions])
        await rm(join(folder, name + suffix), { force: true }).catch(() => {})
    }
  }
}
