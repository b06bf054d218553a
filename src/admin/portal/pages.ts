import { accountActs } from './account/language.ts'
import { home } from './home/home.ts'
import { installActs, installPages } from './install/index.ts'
import type { Act, Page } from './page.ts'

/** Every page of the portal, area by area. */
export const pages: readonly Page[] = [home, ...installPages]

/** Every form of theirs. */
export const acts: readonly Act[] = [...accountActs, ...installActs]
