import { type Command, command, type Options } from './command.ts'
import { Refusal } from './failure.ts'
import { table } from './table.ts'

/** Verbs by name, each loaded when it is needed, so that a start costs what one verb costs. */
export type Verbs = Readonly<Record<string, () => Promise<Command>>>

/** The verb that explains the others. */
export function helpOn(verbs: Verbs): Command {
  return command({
    name: 'help',
    summary: 'Explain the verbs, or one of them',
    operands: ['[VERB]'],
    examples: ['bootline help', 'bootline help models'],
    options: {},
    async run(context, _, [name]) {
      if (name === undefined) {
        const all = await Promise.all(Object.values(verbs).map((load) => load()))
        context.show(all.map(described), () => overview(all))
        return 0
      }
      const one = Object.hasOwn(verbs, name) ? await verbs[name]?.() : undefined
      if (!one) throw new Refusal('usage', `there is no verb ${name}`, 'bootline help lists them')
      context.show(described(one), () => explained(one))
      return 0
    },
  })
}

function overview(commands: readonly Command[]): string {
  return [
    'Bootline tells phones at boot what they should be.',
    '',
    'Usage: bootline VERB [OPTIONS]',
    '',
    table(commands.map(({ name, summary }) => [`  ${name}`, summary])),
    '',
    'bootline help VERB explains one of them; each takes --json for programs.',
  ].join('\n')
}

/** All there is to say of one verb. */
export function explained({ summary, usage, options, examples }: Command): string {
  return [
    `${summary}.`,
    '',
    `Usage: ${usage}`,
    '',
    optionTable(options),
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.map((example) => `  ${example}`),
  ].join('\n')
}

function optionTable(options: Options): string {
  return table(
    Object.entries(options).map(([name, { short, value, about }]) => {
      const names = `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`
      return [`  ${names}`, about]
    }),
  )
}

function described({ name, summary, usage, options, examples }: Command): object {
  return { name, summary, usage, options, examples }
}
