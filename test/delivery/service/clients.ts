import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end; it never waits for input. */
export function program(name: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(name, args, { timeout: 30_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr })
    })
    child.stdin?.end()
  })
}

export interface Curled extends Ended {
  /** Of the last answer. */
  readonly status: number
  readonly body: string
}

export async function curl(...args: string[]): Promise<Curled> {
  const ended = await program('curl', '-s', '--noproxy', '*', '-w', '\n%{http_code}', ...args)
  const end = ended.stdout.lastIndexOf('\n')
  return { ...ended, status: Number(ended.stdout.slice(end + 1)), body: ended.stdout.slice(0, end) }
}

/** What a TFTP client got, or nothing when it was refused. */
export async function tftpClient(
  name: string,
  arguments_: (to: string) => string[],
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'bootline-client-'))
  try {
    const to = join(folder, 'got')
    await program(name, ...arguments_(to))
    const got = await readFile(to, 'utf8').catch(() => '')
    // Some clients leave an empty file behind a refusal.
    return got === '' ? undefined : got
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Every TFTP client there is, getting one file. */
export const tftpClients = {
  curl: (port: number, name: string) => (to: string) => ['-sf', `tftp://127.0.0.1:${port}/${name}`, '-o', to],
  tftp: (port: number, name: string) => (to: string) => [
    '-m',
    'octet',
    '127.0.0.1',
    `${port}`,
    '-c',
    'get',
    name,
    to,
  ],
  atftp: (port: number, name: string) => (to: string) => [
    '--get',
    '-r',
    name,
    '-l',
    to,
    '127.0.0.1',
    `${port}`,
  ],
  busybox: (port: number, name: string) => (to: string) => [
    'tftp',
    '-g',
    '-r',
    name,
    '-l',
    to,
    '127.0.0.1',
    `${port}`,
  ],
} as const

export function isMissing(name: string): boolean {
  return (
    process.env.BOOTLINE_TEST_COMPLETE === undefined &&
    spawnSync(name, ['--help'], { stdio: 'ignore' }).error !== undefined
  )
}

/** Certificate and key as files, for programs that take no text. */
export async function asFiles(
  folder: string,
  name: string,
  pair: { cert: string; key: string },
): Promise<string[]> {
  const cert = join(folder, `${name}.pem`)
  const key = join(folder, `${name}.key`)
  await writeFile(cert, pair.cert)
  await writeFile(key, pair.key, { mode: 0o600 })
  return ['--cert', cert, '--key', key]
}
