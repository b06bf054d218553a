import { command } from './command.ts'
import { table } from './table.ts'

/** Shows what Bootline was told and what it takes by default. */
export const settings = command({
  name: 'settings',
  summary: 'Show every setting, its value and where it comes from',
  examples: ['bootline settings', 'BOOTLINE_HTTP=off bootline settings --json'],
  options: {},
  run(context) {
    const shown = context.shownSettings()
    context.show(shown, () =>
      table([
        ['SETTING', 'VALUE', 'FROM', 'WHAT FOR'],
        ...shown.map(({ name, value, origin, about }) => [name, value || '-', origin, about]),
      ]),
    )
    return 0
  },
})
