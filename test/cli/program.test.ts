import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const program = resolve('bin/bootline.mjs')

test('the program runs in any folder, and a refusal is its exit code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-'))
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' })
  try {
    expect(JSON.parse(run('settings', '--json').stdout)).toContainEqual(
      expect.objectContaining({ name: 'BOOTLINE_DATA', value: join(folder, 'data') }),
    )
    expect(run('xyzzy').status).toBe(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a reader that goes away is no error', async () => {
  const child = spawn(process.execPath, [program, 'models'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const said: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  const code = await new Promise((done) => child.once('close', done))
  expect({ code, said: Buffer.concat(said).toString() }).toEqual({ code: 0, said: '' })
})
