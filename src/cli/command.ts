import { type ParseArgsConfig, parseArgs } from 'node:util'
import { nearest } from '../domain/nearest.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'

/** An option as node:util knows it, with what people read in the help. */
export interface Option {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  readonly about: string
  /** What stands for the value in the help: `--maker NAME`. */
  readonly value?: string
}

export type Options = Readonly<Record<string, Option>>

/** What every verb takes besides its own options. */
export const commonOptions = {
  json: { type: 'boolean', about: 'print the result as JSON' },
  help: { type: 'boolean', short: 'h', about: 'explain this verb' },
} as const satisfies Options

/** One verb of the command line, as main and the help see it. */
export interface Command {
  readonly name: string
  /** One line. */
  readonly summary: string
  readonly usage: string
  readonly examples: readonly string[]
  readonly options: Options
  /** Reads the arguments, does the work, and gives the exit code. */
  run(context: Context, args: readonly string[]): Promise<number>
}

type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O & typeof commonOptions; allowPositionals: true; strict: true }>
>['values']

export interface Verb<O extends Options> {
  readonly name: string
  readonly summary: string
  /** Names of what stands behind the verb: `FILE` is needed, `[FILE]` is not, `FILE…` is one or more. */
  readonly operands?: readonly string[]
  readonly examples: readonly [string, ...string[]]
  readonly options: O
  run(context: Context, values: Values<O>, operands: readonly string[]): number | Promise<number>
}

/** Makes a command of a verb: its arguments are checked against what it declares before it runs. */
export function command<const O extends Options>(verb: Verb<O>): Command {
  const { name, summary, operands = [], examples } = verb
  const options = { ...verb.options, ...commonOptions }
  return {
    name,
    summary,
    usage: ['bootline', name, ...operands, '[OPTIONS]'].join(' '),
    examples,
    options,
    async run(context, args) {
      const read = () =>
        parseArgs({ args: [...args], options, allowPositionals: true, strict: true } as const)
      const { values, positionals } = refusingFaults(read, name, options)
      checkOperands(name, operands, positionals)
      return verb.run(context, values as Values<O>, positionals)
    },
  }
}

/** Turns what node:util says of a wrong argument into a refusal that says what would be right. */
function refusingFaults<T>(read: () => T, verb: string, options: NonNullable<ParseArgsConfig['options']>): T {
  try {
    return read()
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const unknown = /^Unknown option '(?:--?)([^']*)'/.exec(text)?.[1]
    const meant = unknown === undefined ? undefined : nearest(unknown, Object.keys(options))
    const message = text.replace(/\. .*$/s, '').replace(/\.$/, '')
    throw new Refusal(
      'usage',
      message,
      meant ? `did you mean --${meant}?` : `bootline help ${verb} lists its options`,
    )
  }
}

function checkOperands(verb: string, declared: readonly string[], given: readonly string[]): void {
  const remedy = `bootline help ${verb} says what it takes`
  const missing = declared.filter((operand) => !operand.startsWith('['))[given.length]
  if (missing) throw new Refusal('usage', `${missing.replace('…', '')} is missing`, remedy)
  const extra = given[declared.length]
  if (extra !== undefined && !declared.some((operand) => operand.includes('…'))) {
    throw new Refusal('usage', `"${extra}" is one argument too many`, remedy)
  }
}
