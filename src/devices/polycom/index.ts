import type { Driver } from '../driver.ts'
import { polycomDictionary } from './dictionary.ts'
import { render, shared } from './files.ts'
import { polycomModels, polycomPrefixes } from './models.ts'
import { requests } from './requests.ts'
import { attributeValue } from './text.ts'
import { readUserAgent } from './user-agent.ts'
import { wake } from './wake.ts'
import { polycomWebWake } from './web-wake.ts'
import { polycomDhcp } from './zero-touch.ts'

/** The desk and conference phones of Polycom, later Poly; not those of the OBi family. */
export const polycom: Driver = {
  name: 'polycom',
  models: polycomModels,
  prefixes: polycomPrefixes,
  requests,
  escapes: { xml: attributeValue },
  dictionary: polycomDictionary,
  dhcp: polycomDhcp,
  readUserAgent,
  render,
  shared,
  wake,
  web: polycomWebWake,
}
