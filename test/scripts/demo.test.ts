import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

test('npm run demo: phones live in a server of its own, and Ctrl-C leaves nothing behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-demo-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const demo = spawn(process.execPath, ['scripts/demo.mjs'], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void demo.kill('SIGTERM'))
  let said = ''
  const ended = new Promise<number | null>((resolve) => demo.once('exit', resolve))
  const living = new Promise<void>((resolve, reject) => {
    const hear = (text: string): void => {
      said += text
      // One says so for each line of the log; a dozen of them are at home.
      if ((said.match(/switched on: /g) ?? []).length === 14) resolve()
    }
    demo.stdout.setEncoding('utf8').on('data', hear)
    demo.stderr.setEncoding('utf8').on('data', hear)
    demo.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)))
  })
  await living
  expect((said.match(/switched on: ok, [1-3] registered/g) ?? []).length).toBe(12)
  expect(said).toMatch(/Yealink T46U {2}switched on: turned away/)
  expect(said).toMatch(/Yealink T46S {2}switched on: kept out/)
  const link = /sign in\s+(http:\S+)/.exec(said)?.[1] ?? ''
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(200)
  demo.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(said).toContain('14 starts in')
  expect(readdirSync(folder)).toEqual([])
  await expect(fetch(link)).rejects.toThrow()
}, 240_000)
