import { z } from 'zod'
import { nearest } from '../domain/nearest.ts'
import { fault, type Path, type Problem } from '../domain/problem.ts'

/** Checks a value against its schema; every fault says where, what, and what would be right. */
export function checkShape<T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: Path,
): { value: T } | { problems: readonly Problem[] } {
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data }
  return { problems: result.error.issues.flatMap((issue) => describe(issue, schema, value, path)) }
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown, base: Path): readonly Problem[] {
  const path = issue.path.reduce<string>(join, base)
  const value = valueAt(root, issue.path)
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = fieldsAt(schema, issue.path)
      return issue.keys.map((key) => {
        const guess = nearest(key, known)
        const right = guess ? `did you mean ${guess}?` : `the fields here are ${known.join(', ')}`
        return fault('unknown-field', join(path, key), `there is no field "${key.slice(0, 40)}"`, right)
      })
    }
    case 'invalid_type':
      return [
        value === undefined
          ? missing(path)
          : wrongType(path, value, spokenTypes[issue.expected] ?? issue.expected),
      ]
    case 'invalid_value': {
      if (value === undefined) return [missing(path)]
      const options = issue.values.map(String)
      const guess = typeof value === 'string' ? nearest(value, options) : undefined
      const right = guess
        ? `did you mean ${guess}? Possible are ${options.join(', ')}`
        : `write one of ${options.join(', ')}`
      return [fault('unknown-value', path, `${shown(value)} is not possible here`, right)]
    }
    case 'invalid_union':
      return [
        value === undefined
          ? missing(path)
          : fault(
              'wrong-type',
              path,
              `${shown(value)} is no shortcut`,
              'write interception, or { number: "3899", label: Services }',
            ),
      ]
    default:
      return [fault('wrong-type', path, issue.message, 'see the fleet file documentation')]
  }
}

function missing(path: Path): Problem {
  return fault('missing-field', path, 'this field is missing', 'add it')
}

const spokenTypes: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  array: 'a list (lines beginning with "- ")',
  object: 'named fields',
  record: 'named fields',
}

function wrongType(path: Path, value: unknown, expected: string): Problem {
  const quotable = expected === 'a text' && (typeof value === 'number' || typeof value === 'boolean')
  return fault(
    'wrong-type',
    path,
    `${shown(value)} is not ${expected}`,
    quotable ? 'put quotes around it, as you wrote it' : `write ${expected}`,
  )
}

function shown(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a group of fields'
  return typeof value === 'string' ? `"${value.slice(0, 40).replace(/\p{C}/gu, '?')}"` : String(value)
}

function join(path: Path, step: PropertyKey): Path {
  if (typeof step === 'number') return `${path}[${step}]`
  const name = String(step)
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${path}["${name.slice(0, 40).replace(/\p{C}/gu, '?')}"]`
  return path === '' ? name : `${path}.${name}`
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    root,
  )
}

/** The field names a schema knows at a path, for "did you mean". */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let here: unknown = unwrap(schema)
  for (const step of path) {
    if (here instanceof z.ZodObject) here = unwrap(here.shape[String(step)])
    else if (here instanceof z.ZodArray) here = unwrap(here.element)
    else return []
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : []
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrap(schema.unwrap())
  return schema
}
