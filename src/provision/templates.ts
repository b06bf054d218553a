import { existsSync, readFileSync, statSync } from 'node:fs'
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
  const compiled = new Map<string, CompiledTemplate>()
  const stamps = new Map<string, string>()
  const load = (name: string): CompiledTemplate => {
    const mine = own === undefined ? undefined : join(own, name)
    if (mine !== undefined) stamps.set(name, stampOf(mine))
    if (mine !== undefined && existsSync(mine)) {
      try {
        return compileTemplate(name, readFileSync(mine, 'utf8'), driver.escapes)
      } catch (error) {
        tellBroken(mine, reasonOf(error))
      }
    }
    return compileTemplate(name, readFileSync(join(shipped, name), 'utf8'), driver.escapes)
  }
  const broken = new Set<string>()
  return {
    render(name, values) {
      const template = compiled.get(name) ?? load(name)
      compiled.set(name, template)
      if (broken.has(name)) return template(values)
      try {
        return template(values)
      } catch (error) {
        // It compiled and fails with real values: only the operator's can, the shipped ones are tried with every model.
        if (own === undefined || stampOf(join(own, name)) === '') throw error
        tellBroken(join(own, name), reasonOf(error))
        broken.add(name)
        const fallback = compileTemplate(name, readFileSync(join(shipped, name), 'utf8'), driver.escapes)
        compiled.set(name, fallback)
        return fallback(values)
      }
    },
    refresh() {
      const moved = [...stamps].filter(
        ([name, stamp]) => own !== undefined && stampOf(join(own, name)) !== stamp,
      )
      for (const [name] of moved) {
        compiled.delete(name)
        broken.delete(name)
        stamps.delete(name)
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
