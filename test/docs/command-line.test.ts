import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { verbs } from '../../src/main.ts'
import { table } from '../../src/settings/table.ts'

const page = readFileSync('docs/command-line.md', 'utf8')

test.each(Object.keys(verbs))('the page names the verb %s', (verb) => {
  expect(page).toMatch(new RegExp(`\\| (.*, )?\`${verb}\\b`))
})

test.each(Object.values(table).map(({ name }) => name))('the page names the setting %s', (name) => {
  expect(page).toContain(`\`${name}\``)
})

test('the page names no verb that is not there', () => {
  const named = [...page.matchAll(/^\| `([a-z]+)[ `]/gm)].map(([, verb]) => verb)
  expect(named.filter((verb) => verb !== undefined && !Object.hasOwn(verbs, verb))).toEqual([])
})
