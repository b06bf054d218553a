import type { Model } from '../../domain/model.ts'
import type { Driver } from '../driver.ts'
import { polyModels, trioModels } from './models-poly.ts'
import { soundPointModels, soundStationModels } from './models-soundpoint.ts'
import { vvxModels } from './models-vvx.ts'

/**
 * Generations:
 * - `sip3`: SIP 2.x and 3.x only, with a BootROM; cannot run UC Software 4
 * - `ucs4`: UC Software up to 4.0, SoundPoint and SoundStation
 * - `ucs5`: UC Software 4.1 to 5.9, the first VVX
 * - `ucs6`: UC Software 5.8 to 6.x, the later VVX
 * - `pvos`: Edge E, CCX, Trio 8300 and C60
 * - `trio`: the Trio 8500 and 8800, with a UC Software branch of their own
 */
export const polycomModels: readonly Model[] = [
  ...vvxModels,
  ...soundPointModels,
  ...soundStationModels,
  ...trioModels,
  ...polyModels,
]

/** Both names come from the same factories, f04ea4 since the company belongs to HP. */
const blocks = ['0004f2', '64167f', '482567', '00907a', 'f04ea4']

export const polycomPrefixes: Driver['prefixes'] = { polycom: blocks, poly: blocks }
