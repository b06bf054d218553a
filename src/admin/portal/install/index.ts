import type { Act, Page } from '../page.ts'
import { installLine, installLineActs } from './line.ts'
import { installSheet } from './sheet.ts'
import { installSite } from './site.ts'
import { installSites } from './sites.ts'
import { watchActs, watchPages } from './watch.ts'

export const installPages: readonly Page[] = [
  installSites,
  installSite,
  installLine,
  ...watchPages,
  installSheet,
]

export const installActs: readonly Act[] = [...installLineActs, ...watchActs]
