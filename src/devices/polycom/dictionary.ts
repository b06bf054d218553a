import { dictionary } from '../dictionary.ts'
import { flashNames } from './names-flash.ts'
import { lineNames } from './names-lines.ts'
import { settingNames } from './names-settings.ts'

/** `.set` stands beside every parameter of the flash. */
const withSet = flashNames.flatMap(([name, source]) => [
  [name, source] as const,
  [`${name}.set`, source] as const,
])

/** What UC Software and PVOS know, as far as public documents and projects tell. */
export const polycomDictionary = dictionary([
  ...lineNames,
  ...settingNames,
  ['device.set', 'public templates'],
  ...withSet,
])
