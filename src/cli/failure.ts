import type { Output, World } from './world.ts'

/** A fault in something given, with its place: a setting's name, a path in the fleet file. */
export interface Fault {
  readonly path: string
  readonly wrong: string
  readonly right: string
}

/** An end that was foreseen: what is wrong, what would be right. Errors of the other rooms have the same form. */
export interface Explained {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly problems?: readonly Fault[]
}

/** The command line's own. */
export class Refusal extends Error implements Explained {
  override readonly name = 'Refusal'
  readonly code: string
  readonly remedy: string
  readonly problems: readonly Fault[]

  constructor(code: string, message: string, remedy: string, problems: readonly Fault[] = []) {
    super(message)
    this.code = code
    this.remedy = remedy
    this.problems = problems
  }
}

/** Tells what ended a verb: people on stderr, programs as JSON on stdout. */
export function report(error: unknown, world: World, json: boolean): void {
  const explained = explainedOf(error)
  if (json) writeJson(explained, world.stdout)
  else writeText(explained, world.stderr)
  if (!isExplained(error) && /^(debug|trace)$/.test(world.env.BOOTLINE_LOG_LEVEL ?? '')) {
    world.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  }
}

/** An end that was not foreseen has a code as well. */
export function explainedOf(error: unknown): Explained {
  return isExplained(error) ? error : unexpected(error)
}

function writeText({ code, message, remedy, problems = [] }: Explained, stderr: Output): void {
  const lines = [`error ${code}: ${message}`]
  for (const { path, wrong, right } of problems) lines.push(`  ${path}: ${wrong}`, `    → ${right}`)
  lines.push(`  → ${remedy}`)
  stderr.write(`${lines.join('\n')}\n`)
}

function writeJson({ code, message, remedy, problems = [] }: Explained, stdout: Output): void {
  const error = { code, message, remedy, ...(problems.length > 0 ? { problems } : {}) }
  stdout.write(`${JSON.stringify({ error }, null, 2)}\n`)
}

function isExplained(error: unknown): error is Explained {
  if (!(error instanceof Error) || !('code' in error) || !('remedy' in error)) return false
  return typeof error.code === 'string' && typeof error.remedy === 'string'
}

function unexpected(error: unknown): Explained {
  return {
    code: 'unexpected',
    message: error instanceof Error ? error.message : String(error),
    remedy: 'this should not happen; BOOTLINE_LOG_LEVEL=debug shows where it did',
  }
}
