/**
 * Checks which room of src/ knows which, and fails on an import against the arrows.
 *
 *   domain      knows nothing of ours: the intent and its rules stay pure
 *   devices     knows domain; a vendor's folder never looks into another vendor's
 *   store       knows domain: the intent at rest
 *   provision   knows domain, devices and store: intent becomes files
 *   fleet       knows what provision knows, and provision: the fleet file is planned and applied
 *   settings    knows domain's helpers only
 *   delivery, reboot, registrar, hooks, simulate    sit on all of these but the fleet file, and never know each other
 *   admin       the same, and the fleet file
 *   cli         knows every room but main; main knows the command line and domain's helpers
 *
 * Outside devices/ nobody knows a vendor: no import from a vendor's folder, no vendor's name as a text of its own, no
 * comparison of a maker with one. The exceptions are the list of makers in domain/model.ts and the line that registers
 * a vendor in devices/vendors.ts. And no file reaches itself through its imports.
 *
 * Usage: node scripts/arrows.mjs [FOLDER]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import ts from 'typescript'
import { findCycles } from './cycles.mjs'
import { vendorTraces } from './vendor-traces.mjs'

const ground = ['domain', 'devices', 'store', 'provision', 'settings']
const top = ['fleet', 'delivery', 'reboot', 'registrar', 'hooks', 'simulate', 'admin']
const arrows = {
  domain: [],
  settings: ['domain'],
  devices: ['domain'],
  store: ['domain'],
  provision: ['domain', 'devices', 'store'],
  fleet: ['domain', 'devices', 'store', 'provision'],
  delivery: ground,
  reboot: ground,
  registrar: ground,
  hooks: ground,
  simulate: ground,
  admin: [...ground, 'fleet'],
  cli: [...ground, ...top],
  main: ['cli', 'domain'],
}

const root = resolve(process.argv[2] ?? 'src')
const vendors = registered()
const names = [...new Set([...vendors, ...makers()])]
const files = readdirSync(root, { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(sep).join('/'))
  .sort()
const faults = []
const imports = new Map()

for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const targets = importsOf(source, file)
  imports.set(file, targets)
  for (const target of targets) checkImport(file, target)
  for (const fault of vendorTraces(source, file, vendors, names)) faults.push(fault)
}
for (const cycle of findCycles(imports)) faults.push(`${cycle.join(' → ')}: the imports go in a circle`)

for (const fault of faults) process.stdout.write(`${fault}\n`)
process.stdout.write(`${files.length} files, ${faults.length} against the arrows\n`)
process.exitCode = faults.length === 0 ? 0 : 1

/** A folder under devices/ is a vendor's when vendors.ts registers it; others serve several. */
function registered() {
  const text = readFileSync(join(root, 'devices', 'vendors.ts'), 'utf8')
  return [...new Set([...text.matchAll(/from '\.\/([^/']+)\//g)].map(([, folder]) => folder))]
}

/** The makers of the model type: one vendor's folder may serve two of them. */
function makers() {
  const declared = /type Maker = (.*)/.exec(readFileSync(join(root, 'domain', 'model.ts'), 'utf8'))?.[1] ?? ''
  return [...declared.matchAll(/'([a-z]+)'/g)].map(([, name]) => name)
}

/** Every file of ours that a source names: import, export … from, import(), import type. */
function importsOf(source, file) {
  const targets = new Set()
  const visit = (node) => {
    const named = node.moduleSpecifier ?? (isDynamic(node) ? node.arguments[0] : node.argument?.literal)
    if (named && ts.isStringLiteralLike(named) && named.text.startsWith('.')) {
      const target = resolve(root, dirname(file), named.text)
      if (existsSync(target) && target.endsWith('.ts'))
        targets.add(relative(root, target).split(sep).join('/'))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...targets]
}

function isDynamic(node) {
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
}

function checkImport(file, target) {
  const [from, to] = [roomOf(file), roomOf(target)]
  if (!arrows[from]) faults.push(`${file}: the room ${from} has no arrows; add it to scripts/arrows.mjs`)
  else if (from !== to && !arrows[from].includes(to)) {
    faults.push(`${file} imports ${target}: ${from} may know ${arrows[from].join(', ') || 'nothing of ours'}`)
  }
  const vendor = vendorOf(target)
  if (vendor && vendorOf(file) !== vendor && file !== 'devices/vendors.ts') {
    faults.push(`${file} imports ${target}: only devices/vendors.ts and ${vendor} itself may`)
  }
}

function roomOf(file) {
  return file.split('/')[0].replace(/\.ts$/, '')
}

function vendorOf(file) {
  const [room, folder] = file.split('/')
  return room === 'devices' && vendors.includes(folder) ? folder : undefined
}
