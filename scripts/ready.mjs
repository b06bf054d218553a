/**
 * Makes a checkout ready to run: installs what is missing and builds what changed, and does nothing at all otherwise.
 * Plain Node without dependencies, because on a fresh clone nothing else is there. It speaks on stderr only, one line
 * for each step that takes long, so that the output of a command that comes after it stays clean.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alone } from './alone.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const installStamp = join(root, 'node_modules', '.bootline-installed')
const buildStamp = join(root, 'dist', '.bootline-built')

/** Throws, with the reason in plain words, when the checkout cannot be made ready. */
export function ready() {
  if (isInstalled() && isBuilt()) return
  mkdirSync(join(root, '.cache'), { recursive: true })
  alone(join(root, '.cache', 'ready.lock'), say, () => {
    if (!isInstalled()) install()
    if (!isBuilt()) build()
  })
}

function isInstalled() {
  return read(installStamp) === installation()
}

function isBuilt() {
  return read(buildStamp) === sources()
}

/** The native module fits one ABI on one platform: after a change of Node it has to be compiled again. */
function installation() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return `${hash([lock])} ${process.platform} ${process.arch} ${process.versions.modules}`
}

function sources() {
  const settings = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name))
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const parts = [...settings.map((name) => join(root, name)), ...files].sort()
  return hash([installation(), ...parts.flatMap((file) => [file.slice(root.length), readFileSync(file)])])
}

function install() {
  if (!matchesLock()) {
    say('Installing dependencies (SQLite is compiled, which takes a minute or two) …')
    run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
    if (!nativeModuleLoads()) {
      throw new Error(
        'SQLite was not compiled: python3, make and a C++ compiler are needed, then npm ci again',
      )
    }
  }
  writeFileSync(installStamp, installation())
}

/** True after somebody ran npm by hand: then nothing is to be installed a second time. */
function matchesLock() {
  const there = read(join(root, 'node_modules', '.package-lock.json'))
  if (there === undefined) return false
  const installed = JSON.parse(there).packages
  const wanted = JSON.parse(read(join(root, 'package-lock.json'))).packages
  const fits = ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version
  return Object.entries(wanted).every(fits) && nativeModuleLoads()
}

function nativeModuleLoads() {
  const wanted = JSON.parse(read(join(root, 'package-lock.json'))).packages
  if (!wanted['node_modules/better-sqlite3']) return true
  try {
    const Database = createRequire(join(root, 'package.json'))('better-sqlite3')
    new Database(':memory:').close()
    return true
  } catch {
    return false
  }
}

function build() {
  say('Building …')
  const built = sources()
  rmSync(buildStamp, { force: true })
  run(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'])
  removeOrphans()
  writeFileSync(buildStamp, built)
}

/** What was built from a file that is gone. The others stay in place, because a server may be running from them. */
function removeOrphans() {
  for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
    const output = join(entry.parentPath, entry.name)
    const source = output.replace(join(root, 'dist'), join(root, 'src')).replace(/\.js(\.map)?$/, '.ts')
    if (source.endsWith('.ts') && !existsSync(source)) rmSync(output)
  }
}

function run(program, args) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    // node-gyp compiles on one core unless told otherwise.
    env: { JOBS: 'max', ...process.env },
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32' && program === 'npm',
  })
  if (status === 0) return
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  throw new Error(`${program === 'npm' ? 'npm ci' : 'the build'} failed${error ? `: ${error.message}` : ''}`)
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function hash(parts) {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part).update('\0')
  return sum.digest('hex')
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    ready()
  } catch (error) {
    say(`Not ready: ${error.message}`)
    process.exitCode = 1
  }
}
