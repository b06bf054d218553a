import type { Page } from '../page.ts'
import { siteChangePages } from './change.ts'
import { sites } from './list.ts'
import { site } from './site.ts'

export { siteActs } from './change.ts'

export const sitePages: readonly Page[] = [sites, site, ...siteChangePages]
