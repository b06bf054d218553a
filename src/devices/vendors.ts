import { audiocodesModels, audiocodesPrefixes } from './audiocodes/models.ts'
import type { Driver } from './driver.ts'
import { polycomModels, polycomPrefixes } from './polycom/models.ts'
import { yealinkModels, yealinkPrefixes } from './yealink/models.ts'

/** What the catalogue needs to know of a vendor. */
export type Vendor = Pick<Driver, 'name' | 'models' | 'prefixes'>

/** The vendors Bootline serves: a new one is a folder and a line here. */
export const vendors: readonly Vendor[] = [
  { name: 'polycom', models: polycomModels, prefixes: polycomPrefixes },
  { name: 'yealink', models: yealinkModels, prefixes: yealinkPrefixes },
  { name: 'audiocodes', models: audiocodesModels, prefixes: audiocodesPrefixes },
]
