import fc from 'fast-check'
import { oddText } from './generators.ts'

/** What of JSON Schema the descriptions of operations use. */
interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
}

/** Values that have the form a schema asks for; `texts` are those that may mean something there. */
export function valuesOf(schema: Schema, texts: readonly string[]): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, texts)))
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {})
      const record = Object.fromEntries(fields.map(([name, field]) => [name, valuesOf(field, texts)]))
      return fc.record(record, { requiredKeys: [...(schema.required ?? [])] })
    }
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, texts), { maxLength: 4 })
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: -1, max: 100 }), fc.integer(), fc.double())
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...texts) }, { weight: 1, arbitrary: oddText })
  }
}
