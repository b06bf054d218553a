import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import type { Escape, Templates } from './driver.ts'

export type CompiledTemplate = (values: object) => string

/** One vendor's templates from their folder, each compiled when it is first asked for. */
export function folderTemplates(folder: string, escapes: Readonly<Record<string, Escape>>): Templates {
  const compiled = new Map<string, CompiledTemplate>()
  return {
    render(name, values) {
      const template =
        compiled.get(name) ?? compileTemplate(name, readFileSync(join(folder, name), 'utf8'), escapes)
      compiled.set(name, template)
      return template(values)
    },
  }
}

/**
 * Compiles a template's text. Handlebars' own escaping is off: it is made for HTML and has one rule for all. Instead
 * every string handed to a template goes through the escape of the file's format first, chosen by the ending before
 * `.hbs` (`phone.xml.hbs`), so that a template cannot forget it.
 */
export function compileTemplate(
  name: string,
  text: string,
  escapes: Readonly<Record<string, Escape>>,
): CompiledTemplate {
  const format = /\.([a-z]+)\.hbs$/.exec(name)?.[1] ?? ''
  const harmless = escapes[format]
  if (!harmless) throw new Error(`no escape is known for the format of template ${name}`)
  // Parsing here tells a broken template when it is read, not when the first phone asks.
  const parsed = Handlebars.parse(text)
  const run = Handlebars.compile<object>(parsed, { noEscape: true, strict: true, preventIndent: true })
  return (values) => run(escapeAll(values, harmless) as object)
}

/** What holds nothing harmful, which is nearly everything, is handed on as it is: a fleet has millions of values. */
function escapeAll(value: unknown, harmless: Escape): unknown {
  if (typeof value === 'string') return harmless(value)
  if (Array.isArray(value)) return escapeList(value, harmless)
  return typeof value === 'object' && value !== null ? escapeFields(value, harmless) : value
}

function escapeList(list: readonly unknown[], harmless: Escape): readonly unknown[] {
  let escaped: unknown[] | undefined
  for (const [i, item] of list.entries()) {
    const made = escapeAll(item, harmless)
    if (made === item) continue
    escaped ??= [...list]
    escaped[i] = made
  }
  return escaped ?? list
}

function escapeFields(fields: object, harmless: Escape): object {
  let escaped: Record<string, unknown> | undefined
  for (const key in fields) {
    const value = (fields as Record<string, unknown>)[key]
    const made = escapeAll(value, harmless)
    if (made === value) continue
    escaped ??= { ...fields }
    escaped[key] = made
  }
  return escaped ?? fields
}
