import { readdirSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RequestKind } from '../devices/driver.ts'
import { draftOf, keepLog } from './logs.ts'
import { perMinute } from './per-minute.ts'

export type UploadKind = Extract<RequestKind, 'log' | 'overrides' | 'directory' | 'calls'>

export const uploadKinds: ReadonlySet<RequestKind> = new Set<RequestKind>([
  'log',
  'overrides',
  'directory',
  'calls',
])

export interface StoredUpload {
  readonly kind: UploadKind
  readonly name: string
  readonly size: number
  readonly at: number
}

interface FoundUpload {
  readonly body: Buffer
  readonly at: number
}

/** One upload's largest size and longest name, what is kept of a log, and how many files and uploads a device may have. */
export const uploadLimits = {
  bytes: 1_048_576,
  nameLength: 128,
  logBytes: 524_288,
  filesPerDevice: 16,
  perMinute: 30,
} as const

export interface Uploads {
  /** Whether this device may send one more now. */
  mayTake(mac: string, now: number): boolean
  save(mac: string, kind: UploadKind, name: string, body: Buffer): Promise<void>
  list(mac: string): Promise<readonly StoredUpload[]>
  read(mac: string, kind: UploadKind, name: string): Promise<Buffer>
  /** The same with the time it came, for a name that may not be there. */
  find(mac: string, kind: UploadKind, name: string): Promise<FoundUpload | undefined>
  /** Those that sent anything. */
  devices(): Promise<readonly string[]>
  /** What a device's user left on it, its logs excepted: when it is unlinked. */
  forgetUser(mac: string): Promise<void>
  /** All that a device left here: when it is forgotten. */
  forget(mac: string): Promise<void>
}

/**
 * What devices send: kept a folder a device, bounded, and given back to nobody but that very device. Logs come in pieces and are
 * put together, their beginning falling away; of other files the last one stays.
 */
export function createUploads(folder: string): Uploads {
  const inTurn = turns()
  const folderOf = (mac: string) => join(folder, mac)
  const fileOf = (mac: string, kind: UploadKind, name: string) =>
    join(folderOf(mac), `${kind}~${encodeURIComponent(name)}`)

  return {
    mayTake: perMinute(uploadLimits.perMinute),
    // Pieces of a log may come at one moment, and each is put behind what is there.
    save: (mac, kind, name, body) =>
      inTurn(mac, async () => {
        const file = fileOf(mac, kind, name)
        if (kind === 'log' && keepLog(file, body, uploadLimits.logBytes) === 'longer') return
        if (kind !== 'log') await writeWhole(file, body)
        await dropOldest(folderOf(mac))
      }),
    async list(mac) {
      const names = await readdir(folderOf(mac)).catch(() => [])
      const found = await Promise.all(names.map((name) => describe(folderOf(mac), name)))
      return found.filter((upload) => upload !== undefined).sort((a, b) => b.at - a.at)
    },
    read: (mac, kind, name) => readFile(fileOf(mac, kind, name)),
    find: (mac, kind, name) => findWhole(fileOf(mac, kind, name)),
    devices: () => readdir(folder).catch(() => []),
    forgetUser: (mac) =>
      inTurn(mac, async () => {
        const names = await readdir(folderOf(mac)).catch(() => [])
        const users = names.filter((name) => !name.startsWith('log~'))
        await Promise.all(users.map((name) => rm(join(folderOf(mac), name), { force: true })))
      }),
    forget: (mac) => inTurn(mac, () => rm(folderOf(mac), { recursive: true, force: true })),
  }
}

/** Does what is asked for one device one after another, in the order it was asked. */
function turns(): (mac: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>()
  return (mac, work) => {
    const turn = (last.get(mac) ?? Promise.resolve()).then(work)
    const over = turn
      .catch(() => {})
      .then(() => {
        if (last.get(mac) === over) last.delete(mac)
      })
    last.set(mac, over)
    return turn
  }
}

/** The bytes and the time of one writing: another may take its place meanwhile. */
async function findWhole(file: string): Promise<FoundUpload | undefined> {
  const handle = await open(file, 'r').catch(() => undefined)
  if (!handle) return undefined
  try {
    const { mtimeMs } = await handle.stat()
    return { body: await handle.readFile(), at: Math.floor(mtimeMs) }
  } finally {
    await handle.close()
  }
}

/** Nobody sees half a file: it is written beside its place, made to last, and then put there. */
async function writeWhole(file: string, body: Buffer): Promise<void> {
  const draft = draftOf(file)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(body)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

async function describe(folder: string, entry: string): Promise<StoredUpload | undefined> {
  const [, kind, name] = /^(log|overrides|directory|calls)~([^~]+?)$/.exec(entry) ?? []
  if (kind === undefined || name === undefined || name.includes('.part-')) return undefined
  const found = await stat(join(folder, entry)).catch(() => undefined)
  return (
    found && {
      kind: kind as UploadKind,
      name: decodeURIComponent(name),
      size: found.size,
      at: Math.floor(found.mtimeMs),
    }
  )
}

async function dropOldest(folder: string): Promise<void> {
  const names = readdirSync(folder)
  if (names.length <= uploadLimits.filesPerDevice) return
  const dated = await Promise.all(
    names.map(async (name) => ({
      name,
      at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0,
    })),
  )
  const old = dated.sort((a, b) => b.at - a.at).slice(uploadLimits.filesPerDevice)
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })))
}
