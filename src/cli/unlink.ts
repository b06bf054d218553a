import { parseMac } from '../domain/mac.ts'
import { changeOfLines, findLines, findOneLine } from '../fleet/change-line.ts'
import { showAndApply, tellDone } from './apply.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { withStore } from './fleet-store.ts'

export const unlink = command({
  name: 'unlink',
  summary: 'Take the equipment from a line, or from all lines of a device: the device is reset, the keys go',
  operands: ['LINE|MAC'],
  examples: ['bootline unlink +33483050173', 'bootline unlink 80:5e:c0:11:22:33 --yes'],
  options: { yes: { type: 'boolean', short: 'y', about: 'do it without asking' } },
  async run(context, { yes = false }, [text = '']) {
    return withStore(context, async (store) => {
      const byMac = 'mac' in parseMac(text, '')
      const found = byMac ? await findLines(store, text) : [await findOneLine(store, text)]
      const linked = found.filter(({ line }) => line.equipment)
      if (linked.length === 0)
        throw new Refusal(
          'not-linked',
          byMac ? `no line has the device ${text}` : `${text} has no equipment`,
          'bootline lines shows what is linked',
        )
      const done = await showAndApply(context, store, changeOfLines(linked, { equipment: null }), {
        yes,
        prune: false,
      })
      return done ? tellDone(context, done) : 1
    })
  },
})
