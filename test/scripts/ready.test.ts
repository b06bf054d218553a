import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** An npm that puts a compiler in place, as the real one would; both write down that they were called. */
const npm = `#!/usr/bin/env node
import { appendFileSync, cpSync, mkdirSync, rmSync } from 'node:fs'
appendFileSync('calls', process.argv.slice(2, 3) + '\\n')
rmSync('node_modules', { recursive: true, force: true })
mkdirSync('node_modules/typescript/bin', { recursive: true })
cpSync('compiler', 'node_modules/typescript/bin/tsc')
`
const compiler = `const fs = require('node:fs')
fs.appendFileSync('calls', 'tsc\\n')
fs.mkdirSync('dist', { recursive: true })
for (const name of fs.readdirSync('src')) {
  const text = fs.readFileSync('src/' + name, 'utf8')
  if (text.includes('broken')) { console.log('src/' + name + ': broken'); process.exit(2) }
  fs.writeFileSync('dist/' + name.replace('.ts', '.js'), text)
}
`

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ready-'))
  mkdirSync(join(root, 'scripts'))
  for (const name of ['ready.mjs', 'alone.mjs']) cpSync(join('scripts', name), join(root, 'scripts', name))
  mkdirSync(join(root, 'programs'))
  write('programs/npm', npm)
  chmodSync(join(root, 'programs', 'npm'), 0o755)
  write('programs/package.json', '{ "type": "module" }')
  write('compiler', compiler)
  write('package.json', '{ "name": "checkout" }')
  write('package-lock.json', '{ "packages": {} }')
  mkdirSync(join(root, 'src'))
  write('src/main.ts', 'first')
})

afterEach(() => rmSync(root, { recursive: true }))

test('a fresh clone is installed and built; what has not changed is left alone', () => {
  expect(ready()).toMatchObject({ status: 0, stdout: '' })
  expect(calls()).toEqual(['ci', 'tsc'])
  expect(ready()).toMatchObject({ status: 0, stdout: '', stderr: '' })
  expect(calls()).toEqual(['ci', 'tsc'])
})

test('a changed source is built, and what a removed one left behind goes away', () => {
  write('src/old.ts', 'old')
  ready()
  rmSync(join(root, 'src/old.ts'))
  write('src/main.ts', 'second')
  ready()
  expect(calls()).toEqual(['ci', 'tsc', 'tsc'])
  expect(readFileSync(join(root, 'dist/main.js'), 'utf8')).toBe('second')
  expect(existsSync(join(root, 'dist/old.js'))).toBe(false)
})

test('a changed lock is installed again', () => {
  ready()
  write('package-lock.json', '{ "packages": { "node_modules/one": { "version": "1.0.0" } } }')
  ready()
  expect(calls()).toEqual(['ci', 'tsc', 'ci', 'tsc'])
})

test('what somebody installed by hand is not installed twice', () => {
  const packages = '{ "packages": { "node_modules/one": { "version": "1.0.0" } } }'
  write('package-lock.json', packages)
  mkdirSync(join(root, 'node_modules/typescript/bin'), { recursive: true })
  cpSync(join(root, 'compiler'), join(root, 'node_modules/typescript/bin/tsc'))
  write('node_modules/.package-lock.json', packages)
  ready()
  expect(calls()).toEqual(['tsc'])
})

test('another major version of Node means another native module', () => {
  ready()
  const stamp = join(root, 'node_modules/.bootline-installed')
  writeFileSync(stamp, readFileSync(stamp, 'utf8').replace(/\d+$/, '1'))
  ready()
  expect(calls()).toEqual(['ci', 'tsc', 'ci'])
})

test('a failed build says why, and is tried again the next time', () => {
  write('src/main.ts', 'broken')
  expect(ready()).toMatchObject({ status: 1, stderr: expect.stringContaining('src/main.ts: broken') })
  expect(ready().status).toBe(1)
  write('src/main.ts', 'mended')
  expect(ready().status).toBe(0)
})

test('two starts at once install and build once', async () => {
  const codes = await Promise.all(
    [0, 1, 2].map(() => exitOf(spawn(process.execPath, ['scripts/ready.mjs'], options()))),
  )
  expect(codes).toEqual([0, 0, 0])
  expect(calls()).toEqual(['ci', 'tsc'])
})

test('the lock of a process that is gone does not hold anybody up', () => {
  const gone = spawnSync(process.execPath, ['--version'])
  mkdirSync(join(root, '.cache'))
  write('.cache/ready.lock', `${gone.pid} 1`)
  expect(ready().status).toBe(0)
  expect(existsSync(join(root, '.cache/ready.lock'))).toBe(false)
})

test('nor does one whose number another process bears by now', () => {
  mkdirSync(join(root, '.cache'))
  write('.cache/ready.lock', `${process.pid} 1`)
  expect(ready().status).toBe(0)
})

function write(name: string, text: string): void {
  writeFileSync(join(root, name), text)
}

function options(): { cwd: string; encoding: 'utf8'; env: NodeJS.ProcessEnv } {
  const path = `${join(root, 'programs')}${delimiter}${process.env.PATH}`
  return { cwd: root, encoding: 'utf8', env: { ...process.env, PATH: path } }
}

function ready(): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/ready.mjs'], options())
  return { status, stdout, stderr }
}

function calls(): string[] {
  return readFileSync(join(root, 'calls'), 'utf8').trim().split('\n')
}

function exitOf(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve))
}
