import { type PortUse, portUses } from '../domain/intent.ts'
import { changeOfLines, findOneLine } from '../fleet/change-line.ts'
import { showAndApply, tellDone } from './apply.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { withStore } from './fleet-store.ts'

export const link = command({
  name: 'link',
  summary: 'Give a line its equipment, or another one; its keys stay as far as they fit',
  operands: ['LINE', 'MODEL', '[MAC]'],
  examples: [
    'bootline link +33483050173 polycom/vvx-450 64:16:7f:b2:69:d6',
    'bootline link 1073 yealink/w60b 80:5e:c0:11:22:33 --port 2',
  ],
  options: {
    port: { type: 'string', value: 'N', about: 'handset of a DECT base, port of an adapter' },
    use: { type: 'string', value: 'fax|phone', about: 'what the port of an adapter is for' },
    expansion: {
      type: 'string',
      multiple: true,
      value: 'MODULE',
      about: 'an attached module; may be repeated',
    },
    yes: { type: 'boolean', short: 'y', about: 'do it without asking' },
  },
  async run(context, { port, use, expansion, yes = false }, [lineText = '', model = '', mac]) {
    if (port !== undefined && !/^\d{1,4}$/.test(port))
      throw new Refusal('usage', `"${port}" is not a port`, 'give a number such as 2')
    if (use !== undefined && !isUse(use))
      throw new Refusal('usage', `a port is not used as ${use}`, 'give fax or phone')
    return withStore(context, async (store) => {
      const found = await findOneLine(store, lineText)
      const equipment = {
        model,
        ...(mac === undefined ? {} : { mac }),
        ...(port === undefined ? {} : { port: Number(port) }),
        ...(use === undefined ? {} : { use }),
        ...(expansion === undefined ? {} : { expansion }),
      }
      const done = await showAndApply(context, store, changeOfLines([found], { equipment }), {
        yes,
        prune: false,
      })
      return done ? tellDone(context, done) : 1
    })
  },
})

function isUse(text: string): text is PortUse {
  return portUses.some((use) => use === text)
}
