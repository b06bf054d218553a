import { catalogue } from '../devices/catalogue.ts'
import { capacity } from '../domain/key-layout.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { table } from './table.ts'

/** Lists the catalogue: what can be written as a piece of equipment's model. */
export const models = command({
  name: 'models',
  summary: 'List the models that can be given to a line',
  examples: ['bootline models', 'bootline models --maker yealink'],
  options: { maker: { type: 'string', value: 'NAME', about: 'only those of one maker' } },
  run(context, { maker }) {
    const makers = [...new Set(catalogue.models.map((model) => model.maker))]
    if (maker !== undefined && !makers.some((known) => known === maker)) {
      throw new Refusal('usage', `no model is made by ${maker}`, `makers are ${makers.join(', ')}`)
    }
    const listed = catalogue.models
      .filter((model) => maker === undefined || model.maker === maker)
      .map((model) => ({
        id: model.id,
        label: model.label,
        kind: model.kind,
        keysToOrder: capacity(model, []),
        registrations: model.lines,
        ports: model.ports,
        confidence: model.confidence,
      }))
    context.show(listed, () =>
      table([
        ['MODEL', 'NAME', 'KIND', 'KEYS', 'REGISTRATIONS', 'PORTS', 'CONFIDENCE'],
        ...listed.map((model) => Object.values(model).map((value) => String(value || 'none'))),
      ]),
    )
    return 0
  },
})
