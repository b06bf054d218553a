import { fleetJsonSchema } from '../fleet/schema.ts'
import { command } from './command.ts'

export const schema = command({
  name: 'schema',
  summary: 'Print the JSON Schema of the fleet file, for editors',
  examples: ['bootline schema > fleet.schema.json'],
  options: {},
  run(context) {
    const document = fleetJsonSchema()
    context.show(document, () => JSON.stringify(document, null, 2))
    return 0
  },
})
