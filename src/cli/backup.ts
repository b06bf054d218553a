import { command } from './command.ts'
import { withStore } from './fleet-store.ts'

export const backup = command({
  name: 'backup',
  summary: 'Copy the database into a file, while the server runs',
  operands: ['FILE'],
  examples: ['bootline backup /var/backups/bootline-$(date +%F).db'],
  options: {},
  async run(context, _, [file = '']) {
    return withStore(context, async (store) => {
      await store.backup(file)
      const { keyFile } = context.settings()
      context.show(
        { file, keyFile },
        () =>
          `Written to ${file}. Its secrets open only with ${keyFile}: keep a copy of that too, elsewhere.`,
      )
      return 0
    })
  },
})
