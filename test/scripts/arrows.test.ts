import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const bad: readonly (readonly [why: string, file: string, text: string])[] = [
  ['domain imports another room', 'domain/rule.ts', "import '../devices/vendors.ts'"],
  ['devices import the store', 'devices/lookup.ts', "import type { Row } from '../store/rows.ts'"],
  ['the store imports devices', 'store/tables.ts', "import '../devices/vendors.ts'"],
  ['two rooms at the top know each other', 'delivery/fetch.ts', "export * from '../reboot/queue.ts'"],
  ['a dynamic import counts', 'delivery/late.ts', "export const late = () => import('../reboot/queue.ts')"],
  ['an imported type counts', 'domain/type.ts', "export type R = import('../reboot/queue.ts').R"],
  ['the command line imports main', 'cli/again.ts', "import '../main.ts'"],
  ['a room without arrows', 'cellar/wine.ts', "import '../domain/line.ts'"],
  ['one vendor looks into another', 'devices/acme/copy.ts', "import '../other/driver.ts'"],
  ['a vendor is imported past vendors.ts', 'provision/direct.ts', "import '../devices/acme/driver.ts'"],
  ['a vendor is named', 'provision/folder.ts', "export const folder = 'Acme'"],
  ['a maker without a folder of its own is named', 'provision/maker.ts', "export const maker = 'apex'"],
  ['a model is named', 'admin/first.ts', "export const first = 'acme/phone-1'"],
  ['a vendor is a property', 'admin/notes.ts', 'export const notes = { acme: 1 }'],
  ['a vendor is in a pattern', 'delivery/agent.ts', 'export const agent = /^Acme /'],
  [
    'a maker is compared',
    'admin/compare.ts',
    "export const f = (m: { maker: string }) => m.maker === 'third'",
  ],
  ['a maker is switched on', 'admin/switch.ts', 'export function f(vendor: string) { switch (vendor) {} }'],
]

let root = ''
let complaints: string[] = []

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'arrows-'))
  write('domain/line.ts', 'export type Line = string')
  write('domain/model.ts', "export type Maker = 'acme' | 'apex' | 'other'")
  write(
    'devices/acme/driver.ts',
    "import type { Line } from '../../domain/line.ts'\nexport const acme: Line = 'acme'",
  )
  write('devices/other/driver.ts', 'export const other = 1')
  write(
    'devices/vendors.ts',
    "export { acme } from './acme/driver.ts'\nexport { other } from './other/driver.ts'",
  )
  write('store/rows.ts', 'export type Row = 1')
  write('reboot/queue.ts', "export const reboot = 'reboots an acme phone, said in a sentence'")
  write('cli/serve.ts', "export { reboot } from '../reboot/queue.ts'")
  write('main.ts', "export const serve = () => import('./cli/serve.ts')")
  expect(check()).toEqual([])
  for (const [, file, text] of bad) write(file, text)
  write('reboot/a.ts', "import './b.ts'")
  write('reboot/b.ts', "import './c.ts'")
  write('reboot/c.ts', "import './a.ts'")
  complaints = check()
})

afterAll(() => rmSync(root, { recursive: true }))

test.each(bad)('%s: refused', (_, file) => {
  expect(complaints.filter((complaint) => complaint.startsWith(file))).toHaveLength(1)
})

test('imports that go in a circle are refused, with the whole way round', () => {
  expect(complaints).toContain(
    'reboot/a.ts → reboot/b.ts → reboot/c.ts → reboot/a.ts: the imports go in a circle',
  )
})

test('and nothing else is refused', () => {
  expect(complaints).toHaveLength(bad.length + 1)
})

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

/** What the script complains of; its exit code must agree. */
function check(): string[] {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/arrows.mjs', root], { encoding: 'utf8' })
  const found = stdout.trim().split('\n').slice(0, -1)
  expect(status).toBe(found.length === 0 ? 0 : 1)
  return found
}
