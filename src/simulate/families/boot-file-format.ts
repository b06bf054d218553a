import type { Files } from '../family.ts'
import type { Values } from '../understood.ts'

const firstLine = '#!version:1.0.0.1'

/** What a file sets; `undefined` for one that the device ignores as a whole, since its first line is another. */
export function readCfg(body: string): Values | undefined {
  const [header = '', ...rest] = body.split(/\r?\n/)
  if (header !== firstLine) return undefined
  const values = new Map<string, string>()
  for (const line of rest) {
    const at = line.indexOf('=')
    if (line.startsWith('#') || at < 1) continue
    const written = line.slice(at + 1).trim()
    const quoted = written.length > 1 && written.startsWith('"') && written.endsWith('"')
    values.set(line.slice(0, at).trim(), quoted ? written.slice(1, -1) : written)
  }
  return values
}

/** The files that a boot file has the device load, in order; a line may be for some models only. */
export function includes(boot: string, model: string): readonly string[] {
  const lines = boot.split(/\r?\n/)
  if (lines[0] !== firstLine) return []
  return lines.flatMap((line) => {
    const [, models, quoted, pointed] =
      /^(?:\[([^\]]*)\])?include:config\s+(?:"([^"]+)"|<([^>]+)>)/.exec(line) ?? []
    const meant = models === undefined || models.split(',').some((name) => name.trim() === model)
    const name = quoted ?? pointed
    return name !== undefined && meant ? [name] : []
  })
}

/** All settings together: a later file wins over an earlier one. */
export function valuesOf(files: Files): Values {
  const values = new Map<string, string>()
  for (const [name, body] of files) {
    if (!name.endsWith('.cfg')) continue
    for (const [key, value] of readCfg(body) ?? []) values.set(key, value)
  }
  return values
}

/** Whatever the files do not name goes back to what the factory set. */
export function overwrites(files: Files): boolean {
  return [...files].some(
    ([name, body]) => name.endsWith('.boot') && /^\s*overwrite_mode\s*=\s*1\s*$/m.test(body),
  )
}

/** Under which names a generation keeps what is not a user's business. */
export function namesOf(generation: string): { readonly prefix: string; readonly provisioning: string } {
  const prefix = generation === 'v7x' ? '' : 'static.'
  return { prefix, provisioning: `${prefix}auto_provision.` }
}
