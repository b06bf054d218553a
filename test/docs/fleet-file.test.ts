import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { CORE_SCHEMA, load } from 'js-yaml'
import { describe, expect, test } from 'vitest'

const page = readFileSync('docs/fleet-file.md', 'utf8')
const schema = JSON.parse(readFileSync('schema/fleet.schema.json', 'utf8'))
const examples = [...page.matchAll(/```yaml\n([^`]+)```/g)].map(([, text = '']) => text)

/** An example is a file, or lines of one. */
function asFile(text: string): unknown {
  const value = load(text, { schema: CORE_SCHEMA })
  return Array.isArray(value) ? { companies: [{ name: 'Toine Immo', lines: value }] } : value
}

function fieldsOf(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return []
  const own = 'properties' in part ? Object.keys(part.properties as object) : []
  return [...own, ...Object.values(part).flatMap(fieldsOf)]
}

describe('the schema that editors use', () => {
  const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
  const files: readonly (readonly [string, string])[] = [
    ['the sample', readFileSync('examples/toine-immo.yaml', 'utf8')],
    ...examples.map((text, i) => [`example ${i + 1}`, text] as const),
  ]
  test.each(files)('takes %s', (_, text) => {
    fits(asFile(text))
    expect(fits.errors).toBeNull()
  })

  test('refuses a misspelt field', () => {
    expect(fits({ companies: [{ name: 'A', deviceAcess: 'open' }] })).toBe(false)
  })
})

test('the page explains every field', () => {
  const explained = new Set(
    [...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.match(/\w+/g) ?? []),
  )
  expect(fieldsOf(schema).filter((field) => !explained.has(field))).toEqual([])
  expect(examples.length).toBeGreaterThan(5)
})
