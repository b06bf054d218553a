import { audiocodes } from './audiocodes/index.ts'
import type { Driver } from './driver.ts'
import { polycom } from './polycom/index.ts'
import { yealink } from './yealink/index.ts'

/** Every vendor there is: a new one is a folder beside these, a folder of templates, and a line here. */
export const drivers: readonly Driver[] = [polycom, yealink, audiocodes]
