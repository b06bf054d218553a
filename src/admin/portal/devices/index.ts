import type { Act, Page } from '../page.ts'
import { actPages, deviceActs as ownActs } from './acts.ts'
import { devicePage } from './device.ts'
import { discoveredActs, discoveredPages } from './discovered.ts'
import { filesPage } from './files.ts'
import { linkActs, linkPages } from './link.ts'
import { deviceList } from './list.ts'
import { queueActs, queuePages } from './queue.ts'
import { restartManyActs, restartManyPages } from './restart-many.ts'
import { sentPage } from './sent.ts'

/** A page of a fixed name comes before that of a device, whose address could be read as one. */
export const devicePages: readonly Page[] = [
  deviceList,
  ...restartManyPages,
  devicePage,
  filesPage,
  sentPage,
  ...actPages,
  ...queuePages,
  ...discoveredPages,
  ...linkPages,
]

export const deviceActs: readonly Act[] = [
  ...ownActs,
  ...restartManyActs,
  ...queueActs,
  ...discoveredActs,
  ...linkActs,
]
