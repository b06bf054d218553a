import { randomBytes } from 'node:crypto'
import { link, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StoreError } from './errors.ts'
import { draftOf, errorCode, syncFolder } from './files.ts'

const keyBytes = 32

/** The key in the file, or `undefined` when there is no such file. */
export async function readKeyFile(file: string): Promise<Uint8Array | undefined> {
  try {
    const { mode } = await stat(file)
    if ((mode & 0o077) !== 0) {
      throw new StoreError(
        'store-key-open',
        `the key file ${file} can be read or written by others than its owner`,
        `run: chmod 600 ${file}`,
      )
    }
    return parseKey(await readFile(file, 'latin1'), `the key file ${file}`)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** 32 bytes, written as base64url or as hex digits. */
export function parseKey(text: string, where: string): Uint8Array {
  const key = text.trim()
  if (/^[0-9a-f]{64}$/i.test(key)) return Buffer.from(key, 'hex')
  if (/^[\w-]{43}=?$/.test(key)) return Buffer.from(key, 'base64url')
  throw noKey(where)
}

export function checkKey(key: Uint8Array, where: string): Uint8Array {
  if (key.length === keyBytes) return key
  throw noKey(where)
}

function noKey(where: string): StoreError {
  return new StoreError(
    'store-key-wrong',
    `${where} does not hold a key`,
    `a key is ${keyBytes} bytes, written as base64url or as 64 hex digits: put the original one back`,
  )
}

/** Makes the file whole or not at all, and never over another one: of two that try, both end up with one key. */
export async function makeKeyFile(file: string): Promise<Uint8Array> {
  const draft = draftOf(file)
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${randomBytes(keyBytes).toString('base64url')}\n`)
    await handle.sync()
    await link(draft, file).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error
    })
  } finally {
    await handle.close()
    await rm(draft, { force: true })
  }
  await syncFolder(dirname(file))
  const key = await readKeyFile(file)
  if (key === undefined) throw keyMissing(file)
  return key
}

export function keyMissing(file: string): StoreError {
  return new StoreError(
    'store-key-missing',
    `the database holds sealed secrets, but their key file ${file} is gone`,
    'put the key file back; without it the SIP passwords cannot be read again',
  )
}
