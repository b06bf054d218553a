import { StoreError } from './errors.ts'
import type { Layout } from './files.ts'
import { checkKey, keyMissing, makeKeyFile, parseKey, readKeyFile } from './key-file.ts'
import { getMeta, setMeta } from './migrate.ts'
import { fitsKey, keyCheck, type Sealer, sealerOf } from './seal.ts'
import type { Queries } from './tables.ts'

export interface KeySource {
  /** `bootline.key` in the data folder when absent. */
  readonly keyFile?: string
  /** The key itself, its 32 bytes or these as base64url or hex text; no file is read then. */
  readonly key?: string | Uint8Array
}

export const keyCheckName = 'key-check'

export async function keyOf(layout: Layout, source: KeySource): Promise<Uint8Array | undefined> {
  const { key } = source
  if (key === undefined) return readKeyFile(layout.keyFile)
  return typeof key === 'string' ? parseKey(key, 'the given key') : checkKey(key, 'the given key')
}

/** Before anything else is done with a database that has secrets: only its own key may touch it. */
export async function existingSealer(
  db: Queries,
  layout: Layout,
  source: KeySource,
): Promise<Sealer | undefined> {
  const check = await getMeta(db, keyCheckName)
  const key = await keyOf(layout, source)
  if (check === undefined) return key && sealerOf(key)
  if (key === undefined) throw keyMissing(layout.keyFile)
  return fitting(sealerOf(key), check)
}

/** On the first start: makes the key where there is none, and binds the database to it. */
export async function bindSealer(db: Queries, layout: Layout, source: KeySource): Promise<Sealer> {
  const found = await existingSealer(db, layout, source)
  const sealer = found ?? sealerOf(await makeKeyFile(layout.keyFile))
  const check = await getMeta(db, keyCheckName)
  if (check !== undefined) return fitting(sealer, check)
  return db.transaction().execute(async (binding) => {
    const meanwhile = await getMeta(binding, keyCheckName)
    if (meanwhile !== undefined) return fitting(sealer, meanwhile)
    await setMeta(binding, keyCheckName, keyCheck(sealer))
    return sealer
  })
}

function fitting(sealer: Sealer, check: string): Sealer {
  if (fitsKey(sealer, check)) return sealer
  throw new StoreError(
    'store-key-wrong',
    'the key is not the one that this database was made with',
    'give the key file, or the key, that belongs to this database',
  )
}
