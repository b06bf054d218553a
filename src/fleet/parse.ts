import { CORE_SCHEMA, load, YAMLException } from 'js-yaml'
import { FleetFailure } from './failure.ts'

/** A fleet file larger than this is refused: some 45,000 lines with ten keys each; larger fleets are kept by company. */
export const maxFileBytes = 32 * 1024 * 1024

/** A file whose aliases unfold to more values than this is an attack or an accident. */
const maxValues = 5_000_000

/** YAML or JSON text as plain data, whatever its shape. */
export function parseFleetText(bytes: Uint8Array): unknown {
  if (bytes.byteLength > maxFileBytes) {
    throw new FleetFailure(
      'file-too-large',
      `the file has ${Math.ceil(bytes.byteLength / 1048576)} MB`,
      'split it by company; at most 32 MB are read',
    )
  }
  const text = decode(bytes)
  const value = text.trimStart().startsWith('{') ? parseJson(text) : parseYaml(text)
  if (!countsUpTo(value, maxValues)) {
    throw new FleetFailure(
      'file-too-large',
      'the aliases of the file unfold to millions of values',
      'write the values out, or use fewer aliases',
    )
  }
  return value
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new FleetFailure('file-encoding', 'the file is not UTF-8', 'save it as UTF-8')
  }
}

/** JSON is read as YAML where it is not strictly JSON: a comment or a trailing comma is forgiven. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return parseYaml(text)
  }
}

function parseYaml(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA, maxDepth: 20, maxAliases: 10_000 })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const at = error.mark ? ` at line ${error.mark.line + 1}, column ${error.mark.column + 1}` : ''
    throw new FleetFailure(
      'yaml-syntax',
      `the file is not valid YAML${at}: ${error.reason}`,
      'correct the file there; indentation and quotes are the usual causes',
    )
  }
}

function countsUpTo(root: unknown, limit: number): boolean {
  const rest: unknown[] = [root]
  for (let seen = 0; rest.length > 0; seen++) {
    if (seen > limit) return false
    const value = rest.pop()
    if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) rest.push(item)
  }
  return true
}
