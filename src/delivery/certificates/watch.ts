import { type FSWatcher, watch } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CertificateError } from './errors.ts'
import { fileNames } from './files.ts'
import { loadServerCertificates, type ServerCertificates } from './server-certificates.ts'
import { type VendorAuthorities, vendorAuthorities } from './vendors.ts'

export interface Loaded {
  readonly server: ServerCertificates
  readonly vendors: VendorAuthorities
}

export interface CertificateWatch {
  readonly folder: string
  readonly hosts: readonly string[]
  /** Whether a listener speaks TLS. */
  readonly served?: boolean
  /** What serves now. */
  readonly loaded: Loaded
  readonly now: () => number
  /** Other pairs, another CA to trust, or other makers' CAs: the listeners take them with `setSecureContext`. */
  readonly changed: (loaded: Loaded) => void
  /** Each fault once, until it is gone or another. */
  readonly report: (fault: CertificateError) => void
  readonly pace?: Pace
}

export interface Pace {
  /** How long the folder has to be quiet: two files that belong together are seldom written at once. */
  readonly settle: number
  /** How often files are looked at: a link to another folder, as certbot makes them, changes without any event here. */
  readonly look: number
  /** How often certificates are judged anew though no file has changed: they grow old. */
  readonly judge: number
}

const usualPace: Pace = { settle: 500, look: 60_000, judge: 3_600_000 }

/** Reloads certificates when their files change, and renews those of the own CA in time. */
export function watchCertificates(wish: CertificateWatch): { close(): Promise<void> } {
  const pace = wish.pace ?? usualPace
  const folders = [wish.folder, join(wish.folder, fileNames.vendors)]
  let loaded = wish.loaded
  let said = new Set([...loaded.server.faults, ...loaded.vendors.faults].map(textOf))
  let seen: string | undefined
  let closed = false
  let settling: NodeJS.Timeout | undefined
  let turn = Promise.resolve()

  const reload = async (): Promise<void> => {
    const faults: CertificateError[] = []
    const { folder, hosts, served = true } = wish
    const place = { folder, hosts, served, now: wish.now() }
    const server = await orFault(() => loadServerCertificates(place, loaded.server), faults)
    const vendors = await orFault(() => vendorAuthorities(wish.folder), faults)
    if (closed) return
    faults.push(...(server?.faults ?? []), ...(vendors?.faults ?? []))
    for (const fault of faults) if (!said.has(textOf(fault))) wish.report(fault)
    said = new Set(faults.map(textOf))
    const former = loaded
    loaded = { server: server ?? former.server, vendors: vendors ?? former.vendors }
    if (essence(loaded) !== essence(former)) wish.changed(loaded)
  }
  // One after the other: two readings at once could end in the wrong order.
  const soon = (work: () => Promise<void>): void => {
    turn = turn
      .then(() => (closed ? undefined : work()))
      .catch((error: unknown) => {
        wish.report(unexpected(wish.folder, error))
      })
  }
  const settle = (): void => {
    clearTimeout(settling)
    settling = setTimeout(() => soon(reload), pace.settle)
    settling.unref()
  }
  const look = async (): Promise<void> => {
    const now = await traces(folders)
    if (seen !== undefined && now !== seen) settle()
    seen = now
  }

  const watchers = folders.flatMap((folder) => watcherOn(folder, settle))
  const looking = setInterval(() => soon(look), pace.look).unref()
  const judging = setInterval(() => soon(reload), pace.judge).unref()
  soon(look)
  return {
    async close() {
      closed = true
      clearTimeout(settling)
      clearInterval(looking)
      clearInterval(judging)
      for (const watcher of watchers) watcher.close()
      // A renewal under way writes files: it ends before whoever closes goes on.
      await turn
    },
  }
}

/** A folder that cannot be watched, as on some network drives, is looked at all the same. */
function watcherOn(folder: string, changed: () => void): readonly FSWatcher[] {
  try {
    const watcher = watch(folder, { persistent: false }, changed)
    watcher.on('error', () => watcher.close())
    return [watcher]
  } catch {
    return []
  }
}

/** What shows that a file is another one; of a link, the file it leads to. */
async function traces(folders: readonly string[]): Promise<string> {
  const found: string[] = []
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => [])
    for (const name of names.sort()) {
      const file = await stat(join(folder, name)).catch(() => undefined)
      if (file?.isFile()) found.push(`${name} ${file.dev} ${file.ino} ${file.size} ${file.mtimeMs}`)
    }
  }
  return found.join('\n')
}

/** All that listeners and devices would notice. */
function essence({ server, vendors }: Loaded): string {
  return JSON.stringify([server.pairs, server.caPem, vendors.authorities.map(({ pem }) => pem)])
}

async function orFault<T>(load: () => Promise<T>, faults: CertificateError[]): Promise<T | undefined> {
  try {
    return await load()
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error
    faults.push(error)
    return undefined
  }
}

function unexpected(folder: string, error: unknown): CertificateError {
  const why = error instanceof Error ? error.message : String(error)
  return new CertificateError(
    'certificate-unreadable',
    `the certificates in ${folder} could not be looked at: ${why}`,
    'what served goes on; they are looked at again within the hour',
    error,
  )
}

function textOf({ code, message }: CertificateError): string {
  return `${code} ${message}`
}
