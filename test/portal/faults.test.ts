import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { nothingThere } from '../../src/admin/http/failure.ts'
import { faultOf, inWords } from '../../src/admin/portal/faults.ts'
import { faults } from '../../src/admin/portal/texts/faults.ts'

/** What only somebody at a shell, or whoever reads the log, ever sees. */
const notOnPages = [
  'Files and plans',
  'Command line',
  'Store',
  'The SIP server’s accounts',
  "The SIP server's accounts",
]

const sections = readFileSync('docs/errors.md', 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    title: section.split('\n')[0] ?? '',
    codes: [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code = '']) => code),
  }))
const documented = sections.flatMap(({ codes }) => codes)

test('every fault that somebody can meet on a page is told in French', () => {
  const met = sections.filter(({ title }) => !notOnPages.includes(title)).flatMap(({ codes }) => codes)
  expect(met.length).toBeGreaterThan(140)
  expect(met.filter((code) => !faults.fr[code])).toEqual([])
})

test('no fault is told that nobody makes', () => {
  const told = [...Object.keys(faults.fr), ...Object.keys(faults.en)]
  expect(told.filter((code) => !documented.includes(code))).toEqual([])
})

test('what a French reader is told is French, in whole sentences', () => {
  for (const [code, [wrong, right]] of Object.entries(faults.fr)) {
    expect(wrong, code).toMatch(/^\p{Lu}.*[^.]$/su)
    expect(right, code).toMatch(/^\p{Lu}.*\.$/su)
    expect(`${wrong} ${right}`, code).not.toMatch(/'|\b(the|is|not)\b/)
  }
})

test('an English reader is told the very value that is wrong, and nothing meant for programs', () => {
  const said = { code: 'mac-taken', wrong: 'port 2 has a line: Ana', right: 'give another port' }
  expect(inWords('en', said)).toEqual({ wrong: 'Port 2 has a line: Ana', right: 'Give another port' })
  expect(inWords('fr', said).wrong).toBe('Cet appareil est déjà associé à une ligne')
  expect(faultOf(nothingThere(), '', 'en').fault.right).not.toContain('openapi')
})
