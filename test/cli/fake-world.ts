import { PassThrough } from 'node:stream'
import type { World } from '../../src/cli/world.ts'
import { environmentOf } from '../store/databases.ts'

export interface FakeWorld extends World {
  readonly stdin: PassThrough & { isTTY?: boolean }
  /** What was written so far. */
  readonly written: { readonly stdout: () => string; readonly stderr: () => string }
}

export function fakeWorld(env: Record<string, string> = {}, isTTY = false): FakeWorld {
  const stdout = collector()
  const stderr = collector()
  return {
    env: { ...env, ...(env.BOOTLINE_DATA ? environmentOf(env.BOOTLINE_DATA) : {}) },
    stdin: Object.assign(new PassThrough(), { isTTY }),
    stdout: Object.assign(stdout.stream, { isTTY }),
    stderr: Object.assign(stderr.stream, { isTTY }),
    written: { stdout: stdout.text, stderr: stderr.text },
  }
}

function collector(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough()
  const chunks: string[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')))
  return { stream, text: () => chunks.join('') }
}
