import type { Model } from '../domain/model.ts'
import { adapter, gateway } from './families/adapters.ts'
import { bootFile } from './families/boot-file.ts'
import { masterFile } from './families/master-file.ts'
import { deskPhone } from './families/path-values.ts'
import type { Family } from './family.ts'

/** By the generation that the catalogue gives a model. */
const families: Readonly<Record<string, Family>> = {
  sip3: masterFile,
  ucs4: masterFile,
  ucs5: masterFile,
  ucs6: masterFile,
  trio: masterFile,
  pvos: masterFile,
  v7x: bootFile,
  v8x: bootFile,
  v84: bootFile,
  'dect-single': bootFile,
  'dect-multi': bootFile,
  hd2: deskPhone,
  hd3: deskPhone,
  'mp-1xx': gateway,
  'mp-20x': adapter,
}

export function familyOf({ id, generation }: Model): Family {
  const family = families[generation]
  if (!family)
    throw new Error(`no virtual phone imitates ${id}: its generation ${generation} is unknown here`)
  return family
}
