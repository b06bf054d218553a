import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { codesInSource } from './codes-in-source.ts'

const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([^`]+)` \| .+ \| .+ \|$/gm)
const documented = [...rows].map(([, code = '']) => code)
const found = codesInSource('src')

test('every code of the sources is explained, and no other', () => {
  expect(documented.toSorted()).toEqual([...new Set(found.map(({ code }) => code))].sort())
})

test('codes are words in lower case, joined by hyphens', () => {
  expect(found.filter(({ code }) => !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([])
})
