import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import type { Templates } from './driver.ts'

/** Makes any text harmless inside one file format, so that a value can never become a second parameter. */
export type Escape = (text: string) => string

type Compiled = (values: object) => string

/**
 * One vendor's templates from their folder. Handlebars' own escaping is off: it is made for HTML and has one rule for all. Instead every
 * string handed to a template goes through the escape of the file's format first, chosen by the ending before `.hbs`
 * (`phone.xml.hbs`), so that a template cannot forget it.
 */
export function folderTemplates(folder: string, escapes: Readonly<Record<string, Escape>>): Templates {
  const compiled = new Map<string, { run: Compiled; escape: Escape }>()
  return {
    render(name, values) {
      let template = compiled.get(name)
      if (!template) {
        template = compile(name, readFileSync(join(folder, name), 'utf8'), escapes)
        compiled.set(name, template)
      }
      return template.run(escapeAll(values, template.escape) as object)
    },
  }
}

function compile(name: string, text: string, escapes: Readonly<Record<string, Escape>>) {
  const format = /\.([a-z]+)\.hbs$/.exec(name)?.[1] ?? ''
  const escape = escapes[format]
  if (!escape) throw new Error(`no escape is known for the format of template ${name}`)
  const run = Handlebars.compile<object>(text, { noEscape: true, strict: true, preventIndent: true })
  return { run, escape }
}

function escapeAll(value: unknown, escape: Escape): unknown {
  if (typeof value === 'string') return escape(value)
  if (Array.isArray(value)) return value.map((item) => escapeAll(item, escape))
  if (typeof value === 'object' && value !== null) {
    const escaped: Record<string, unknown> = {}
    for (const key in value) escaped[key] = escapeAll((value as Record<string, unknown>)[key], escape)
    return escaped
  }
  return value
}
