import type { Driver } from '../driver.ts'
import { yealinkDictionary } from './dictionary.ts'
import { cfgValue } from './escape.ts'
import { render, shared } from './files.ts'
import { yealinkModels, yealinkPrefixes } from './models.ts'
import { phoneBook } from './phone-book.ts'
import { requests } from './requests.ts'
import { readUserAgent } from './user-agent.ts'
import { wake } from './wake.ts'
import { yealinkWebWake } from './web-wake.ts'
import { yealinkDhcp } from './zero-touch.ts'

/** Yealink's desk phones, conference phones and DECT bases. */
export const yealink: Driver = {
  name: 'yealink',
  models: yealinkModels,
  prefixes: yealinkPrefixes,
  requests,
  escapes: { cfg: cfgValue },
  dictionary: yealinkDictionary,
  dhcp: yealinkDhcp,
  readUserAgent,
  render,
  phoneBook,
  shared,
  wake,
  web: yealinkWebWake,
}
