import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TftpFiles } from '../../../src/delivery/tftp/files.ts'
import { startTftp, type TftpServer } from '../../../src/delivery/tftp/server.ts'
import { pattern } from './peer.ts'

const run = promisify(execFile)
const config = Buffer.from('# a phone\r\nline = 1\nend\r')
const small = pattern(4096)
const image = pattern(3_000_000)
const huge = pattern(512 * 65_540 + 1)

let folder: string
let server: TftpServer
const kept = new Map<string, Buffer>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-tftp-'))
  await writeFile(join(folder, 'image'), image)
  await writeFile(join(folder, 'huge'), huge)
  const bodies = new Map([
    ['phone.cfg', config],
    ['small', small],
  ])
  const files: TftpFiles = {
    async read(name) {
      const body = bodies.get(name) ?? kept.get(name)
      if (body !== undefined) return { body }
      if (name !== 'image' && name !== 'huge') return { error: 'not-found' }
      const file = await open(join(folder, name))
      return { file, size: (await file.stat()).size }
    },
    write: (name) => ({
      maxBytes: 100_000,
      commit: (body) => void kept.set(name, Buffer.from(body)),
      abort: () => {},
    }),
  }
  server = await startTftp({ listen: { host: '127.0.0.1', port: 0 }, files })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** How a program is told to get a file in octet mode, and to put one. */
interface Client {
  readonly program: string
  /** Further runs with other options, where the program has them. */
  readonly options: readonly (readonly string[])[]
  get(port: string, name: string, to: string, options: readonly string[]): string[]
  put(port: string, from: string, name: string, options: readonly string[]): string[]
}

const clients: readonly Client[] = [
  {
    program: 'tftp',
    options: [[]],
    get: (port, name, to) => ['-m', 'octet', '127.0.0.1', port, '-c', 'get', name, to],
    put: (port, from, name) => ['-m', 'octet', '127.0.0.1', port, '-c', 'put', from, name],
  },
  {
    program: 'atftp',
    options: [
      [],
      ['--option', 'blksize 1428'],
      ['--option', 'blksize 1428', '--option', 'windowsize 8', '--option', 'tsize 0'],
    ],
    get: (port, name, to, options) => [...options, '--get', '-r', name, '-l', to, '127.0.0.1', port],
    put: (port, from, name, options) => [...options, '--put', '-l', from, '-r', name, '127.0.0.1', port],
  },
  {
    program: 'curl',
    options: [[], ['--tftp-no-options'], ['--tftp-blksize', '1428']],
    get: (port, name, to, options) => ['-sSf', ...options, `tftp://127.0.0.1:${port}/${name}`, '-o', to],
    put: (port, from, name, options) => ['-sSf', ...options, '-T', from, `tftp://127.0.0.1:${port}/${name}`],
  },
  {
    program: 'busybox',
    options: [[], ['-b', '1428']],
    get: (port, name, to, options) => ['tftp', '-g', ...options, '-r', name, '-l', to, '127.0.0.1', port],
    put: (port, from, name, options) => ['tftp', '-p', ...options, '-l', from, '-r', name, '127.0.0.1', port],
  },
]

const isComplete = process.env.BOOTLINE_TEST_COMPLETE !== undefined
const isMissing = (program: string): boolean =>
  !isComplete && spawnSync(program, ['--help'], { stdio: 'ignore' }).error !== undefined

describe.each(clients)('$program', (client) => {
  const { program } = client
  const missing = isMissing(program)
  const why = missing ? ` (skipped: ${program} is not installed)` : ''
  const port = (): string => String(server.address.port)

  it.skipIf(missing)(`gets files as they are${why}`, async () => {
    for (const options of client.options) {
      for (const [name, body] of [
        ['small', small],
        ['phone.cfg', config],
        ['image', image],
      ] as const) {
        const to = join(folder, `${program}-${name}`)
        await rm(to, { force: true })
        await run(program, client.get(port(), name, to, options))
        expect((await readFile(to)).equals(body)).toBe(true)
      }
    }
  })

  it.skipIf(missing)(`puts files as they are${why}`, async () => {
    for (const options of client.options) {
      for (const length of [0, 511, 512, 4096, 60_001]) {
        // curl does not send what is empty.
        if (length === 0 && program === 'curl') continue
        const name = `${program}-${length}.log`
        await writeFile(join(folder, name), pattern(length))
        await run(program, client.put(port(), join(folder, name), name, options))
        expect(kept.get(name)?.equals(pattern(length))).toBe(true)
        kept.clear()
      }
    }
  })

  it.skipIf(missing)(`is told that a file is missing${why}`, async () => {
    const to = join(folder, `${program}-missing`)
    const told = await run(program, client.get(port(), 'missing', to, [])).then(
      ({ stdout, stderr }) => stdout + stderr,
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    )
    // 68 is curl's number for a file not found; the words it adds are of something else.
    expect(told).toMatch(/not found|curl: \(68\)/i)
  })
})

describe('tftp', () => {
  const missing = isMissing('tftp')
  const why = missing ? ' (skipped: tftp is not installed)' : ''

  it.skipIf(missing)(`gets and puts text in netascii${why}`, async () => {
    const port = String(server.address.port)
    const to = join(folder, 'text')
    await run('tftp', ['-m', 'ascii', '127.0.0.1', port, '-c', 'get', 'phone.cfg', to])
    expect((await readFile(to)).equals(config)).toBe(true)
    await run('tftp', ['-m', 'ascii', '127.0.0.1', port, '-c', 'put', to, 'text.log'])
    expect(kept.get('text.log')?.equals(config)).toBe(true)
  })

  it.skipIf(missing)(`gets a file of more than 65535 blocks${why}`, async () => {
    const to = join(folder, 'huge-got')
    await run('tftp', ['-m', 'octet', '127.0.0.1', String(server.address.port), '-c', 'get', 'huge', to])
    expect((await readFile(to)).equals(huge)).toBe(true)
  })
})

/** The parts used of the npm package, which brings no types. */
interface NpmTftp {
  createClient(options: { host: string; port: number; windowSize?: number }): {
    get(remote: string, local: string, done: (error?: Error) => void): void
    put(local: string, remote: string, done: (error?: Error) => void): void
  }
}

it('the npm package tftp gets and puts files, in windows', async () => {
  const { createClient } = createRequire(import.meta.url)('tftp') as NpmTftp
  const client = createClient({ host: '127.0.0.1', port: server.address.port, windowSize: 4 })
  const to = join(folder, 'npm-image')
  await patiently(() => promisify(client.get.bind(client))('image', to))
  expect((await readFile(to)).equals(image)).toBe(true)
  await writeFile(join(folder, 'npm.log'), small)
  await patiently(() => promisify(client.put.bind(client))(join(folder, 'npm.log'), 'npm.log'))
  expect(kept.get('npm.log')?.equals(small)).toBe(true)
})

/** That client may wait for ever when a packet of a window is lost, as it is on a machine with much to do: it is asked again. */
async function patiently(transfer: () => Promise<unknown>): Promise<void> {
  for (let left = 3; left > 0; left--) {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, 12_000, 'late')
    })
    const end = await Promise.race([transfer(), late])
    clearTimeout(timer)
    if (end !== 'late') return
  }
  throw new Error('the client did not come to an end in three tries')
}
