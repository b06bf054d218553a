import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Driver, Templates } from '../devices/driver.ts'
import { type CompiledTemplate, compileTemplate } from '../devices/templates.ts'

export interface OverlaidTemplates extends Templates {
  /** Looks for templates that came, went or changed since the last look; true when any device may get other bytes. */
  refresh(): boolean
}

export type TellBroken = (file: string, reason: string) => void

/**
 * A vendor's shipped templates with the operator's laid over them. A broken one of the operator's is told and left
 * aside while the shipped one goes on serving: a mistake in a template must not leave phones without their files.
 */
export function overlaidTemplates(
  shipped: string,
  own: string | undefined,
  driver: Driver,
  tellBroken: TellBroken,
): OverlaidTemplates {
  const fallbacks = new Map<string, CompiledTemplate>()
  /** The operator's, as they were at the last look; `undefined` where there is none that can be read. */
  const laid = new Map<string, { readonly stamp: string; readonly template: CompiledTemplate | undefined }>()
  const failed = new Set<string>()
  const compiled = (folder: string, name: string): CompiledTemplate =>
    compileTemplate(name, readFileSync(join(folder, name), 'utf8'), driver.escapes)

  const shippedOne = (name: string): CompiledTemplate => {
    const template = fallbacks.get(name) ?? compiled(shipped, name)
    fallbacks.set(name, template)
    return template
  }

  const ownOne = (folder: string, name: string): CompiledTemplate | undefined => {
    const known = laid.get(name)
    if (known) return known.template
    const stamp = stampOf(join(folder, name))
    const template = stamp === '' ? undefined : readable(folder, name)
    laid.set(name, { stamp, template })
    return template
  }

  const readable = (folder: string, name: string): CompiledTemplate | undefined => {
    try {
      return compiled(folder, name)
    } catch (error) {
      tellBroken(join(folder, name), reasonOf(error))
      return undefined
    }
  }

  const renderShipped = (name: string, values: object): string => {
    const template = shippedOne(name)
    try {
      return template(values)
    } catch (error) {
      throw new Error(`template ${name}: ${withoutValues(error)}`)
    }
  }

  return {
    render(name, values) {
      const template = own === undefined ? undefined : ownOne(own, name)
      if (own === undefined || !template) return renderShipped(name, values)
      try {
        return template(values)
      } catch (error) {
        // Told once. The next device is tried with it again: what one gets must not depend on which came before it.
        if (!failed.has(name)) tellBroken(join(own, name), withoutValues(error))
        failed.add(name)
        return renderShipped(name, values)
      }
    },
    refresh() {
      if (own === undefined) return false
      const moved = [...laid].filter(([name, { stamp }]) => stampOf(join(own, name)) !== stamp)
      for (const [name] of moved) {
        laid.delete(name)
        failed.delete(name)
      }
      return moved.length > 0
    },
  }
}

/** Empty where there is no file: its coming is a change as well. */
function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file)
    return `${mtimeMs} ${size} ${ino}`
  } catch {
    return ''
  }
}

/** Why a template's text cannot be read: it holds no device's values yet. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Why a template failed with a device's values, without them: the engine repeats what it stumbled over, which may be a
 * password. Only forms that are known to name nothing but the template's own words are told.
 */
function withoutValues(error: unknown): string {
  const message = reasonOf(error)
  const missing = /^"([\w.-]+)" not defined in .* - (\d+:\d+)$/s.exec(message)
  if (missing) return `"${missing[1]}" is not defined there, at ${missing[2]}`
  const within =
    /^Cannot (?:use 'in' operator to search for|read properties of undefined \(reading) '([\w.-]+)'/.exec(
      message,
    )
  if (within) return `there is no "${within[1]}" in what stands before it`
  return "it fails with a device's values"
}
