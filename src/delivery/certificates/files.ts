import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { draftOf, errorCode, syncFolder } from '../../store/files.ts'
import { CertificateError } from './errors.ts'

/** What stands where in the folder of the certificates. */
export const fileNames = {
  ca: 'ca.pem',
  caKey: 'ca.key',
  rsa: 'server-rsa.pem',
  rsaKey: 'server-rsa.key',
  ecdsa: 'server-ecdsa.pem',
  ecdsaKey: 'server-ecdsa.key',
  /** The operator's own, named as certbot names them. */
  fullchain: 'fullchain.pem',
  privkey: 'privkey.pem',
  /** The root the operator's own hangs from, where devices have to be given it. */
  root: 'root.pem',
  vendors: 'vendors',
} as const

/** A key is for its owner alone; a certificate is public. */
export type Mode = 0o600 | 0o644

export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'latin1')
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined
    throw new CertificateError(
      'certificate-unreadable',
      `${file} cannot be read (${errorCode(error) ?? 'unknown'})`,
      'let the user that Bootline runs as read it',
      error,
    )
  }
}

/**
 * Makes the file unless it is there, and gives what it holds in the end: of two processes that start at once in an empty
 * folder, both go on with the same key.
 */
export async function writeNew(folder: string, name: string, text: string, mode: Mode): Promise<string> {
  const file = join(folder, name)
  await writing(file, async (draft) => {
    await link(draft, file).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error
    })
  })(text, mode)
  return (await readIfThere(file)) ?? text
}

/** Puts a new content in the file's place: whoever reads gets the former one or the new one, whole. */
export async function replace(folder: string, name: string, text: string, mode: Mode): Promise<void> {
  const file = join(folder, name)
  await writing(file, (draft) => rename(draft, file))(text, mode)
}

function writing(file: string, publish: (draft: string) => Promise<void>) {
  return async (text: string, mode: Mode): Promise<void> => {
    const draft = draftOf(file)
    try {
      await mkdir(dirname(file), { recursive: true })
      const handle = await open(draft, 'wx', mode)
      try {
        await handle.writeFile(text)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await publish(draft)
      await syncFolder(dirname(file))
    } catch (error) {
      throw new CertificateError(
        'certificate-folder',
        `${file} cannot be written (${errorCode(error) ?? 'unknown'})`,
        `let the user that Bootline runs as write in ${dirname(file)}, or set BOOTLINE_CERTS to another folder`,
        error,
      )
    } finally {
      await rm(draft, { force: true }).catch(() => {})
    }
  }
}
