import { accountActs, accountPages } from './account/index.ts'
import { administrationActs, administrationPages } from './administration/index.ts'
import { auditPage } from './audit/page.ts'
import { companyActs, companyPages } from './companies/index.ts'
import { deviceActs, devicePages } from './devices/index.ts'
import { home } from './home/home.ts'
import { allImportPages, importActs } from './imports/index.ts'
import { installActs, installPages } from './install/index.ts'
import { keyActs, keyPages } from './keys/index.ts'
import { lineActs, linePages } from './lines/index.ts'
import type { Act, Page } from './page.ts'
import { peopleActs, peoplePages } from './people/index.ts'
import { pickupActs, pickupPages } from './pickup/index.ts'
import { serverPages } from './server/index.ts'
import { siteActs, sitePages } from './sites/index.ts'

/** Every page of the portal, area by area. */
export const pages: readonly Page[] = [
  home,
  ...accountPages,
  ...administrationPages,
  ...peoplePages,
  ...linePages,
  ...sitePages,
  ...installPages,
  ...pickupPages,
  ...keyPages,
  ...devicePages,
  ...companyPages,
  ...allImportPages,
  auditPage,
  ...serverPages,
]

/** Every form of theirs. */
export const acts: readonly Act[] = [
  ...accountActs,
  ...administrationActs,
  ...peopleActs,
  ...lineActs,
  ...siteActs,
  ...installActs,
  ...pickupActs,
  ...keyActs,
  ...deviceActs,
  ...companyActs,
  ...importActs,
]
