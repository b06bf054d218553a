import { execFile } from 'node:child_process'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { issue } from '../../../src/delivery/certificates/issue.ts'
import type { Pair } from '../../../src/delivery/certificates/leaf.ts'
import { loadServerCertificates } from '../../../src/delivery/certificates/server-certificates.ts'

export const DAY = 86_400_000
/** Clients look at the real clock; certificates count in seconds. */
export const now = Math.floor(Date.now() / 1000) * 1000
export const hosts = ['prov.example.net', '192.0.2.10']

/** A folder of its own, gone after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-certs-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

let master: Promise<string> | undefined
afterAll(async () => {
  if (master) await rm(await master, { recursive: true, force: true })
})

/** Makes, once for all tests of a file, what the first start makes: keys are dear. */
async function firstStart(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-certs-'))
  await loadServerCertificates({ folder, hosts, now })
  return folder
}

/** A folder as the first start leaves it. */
export async function startedFolder(): Promise<string> {
  master ??= firstStart()
  const folder = await emptyFolder()
  await cp(await master, folder, { recursive: true })
  return folder
}

export interface OperatorWish {
  readonly hosts?: readonly string[]
  readonly from?: number
  readonly until?: number
}

/** A pair as an operator brings it: it hangs from a root of its own. */
export function makeOperatorPair(wish: OperatorWish = {}): Pair & { readonly root: string } {
  const { from = now - DAY, until = now + 90 * DAY } = wish
  const rootKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  const rootShape = { commonName: 'Root of the operator', publicKey: createPublicKey(rootKey) } as const
  const root = issue(
    { ...rootShape, from: now - DAY, until: now + 3650 * DAY, purpose: 'authority' },
    { key: rootKey },
  )
  const purpose = { hosts: wish.hosts ?? hosts }
  const cert = issue(
    { commonName: 'prov.example.net', publicKey: createPublicKey(key), from, until, purpose },
    { key: rootKey, certificatePem: root },
  )
  return { cert, key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), root }
}

export async function putOperatorPair(folder: string, pair: Partial<Pair>): Promise<void> {
  if (pair.key !== undefined) await writeFile(join(folder, 'privkey.pem'), pair.key, { mode: 0o600 })
  if (pair.cert !== undefined) await writeFile(join(folder, 'fullchain.pem'), pair.cert)
}

/** What openssl says; it never waits for input. */
export function openssl(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile('openssl', args, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
    })
    child.stdin?.end()
  })
}
