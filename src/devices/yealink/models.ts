import type { Model } from '../../domain/model.ts'
import type { Driver } from '../driver.ts'
import { conferenceModels, dectModels } from './models-rooms.ts'
import { t2Models, t4Models } from './models-t2-t4.ts'
import { t3Models, t5Models, t7Models } from './models-t3-t8.ts'
import { v7xModels } from './models-v7x.ts'

/**
 * Generations:
 * - `v7x`: firmware V73 at most, no `static.` names, no boot file
 * - `v8x`: V80 to V83 and what V84 brought them later
 * - `v84`: V84 and later
 * - `dect-single`: one base with its handsets
 * - `dect-multi`: a manager with many bases, SIP servers as templates
 *
 * Line keys of most models are paged: where there are more than buttons, the last button turns the page.
 */
export const yealinkModels: readonly Model[] = [
  ...v7xModels,
  ...t2Models,
  ...t3Models,
  ...t4Models,
  ...t5Models,
  ...t7Models,
  ...conferenceModels,
  ...dectModels,
]

/** 805e0c and 805ec0 are two blocks, not one and its misprint. */
export const yealinkPrefixes: Driver['prefixes'] = {
  yealink: [
    '001565',
    '805ec0',
    '805e0c',
    '249ad8',
    '44dbd2',
    '3497d7',
    '644f56',
    'b061a9',
    'c4fc22',
    'e434d7',
    'ec1da9',
    'f01653',
  ],
}
