import { accountActs } from './account/language.ts'
import { home } from './home/home.ts'
import { installActs, installPages } from './install/index.ts'
import { keyActs, keyPages } from './keys/index.ts'
import type { Act, Page } from './page.ts'

/** Every page of the portal, area by area. */
export const pages: readonly Page[] = [home, ...keyPages, ...installPages]

/** Every form of theirs. */
export const acts: readonly Act[] = [...keyActs, ...accountActs, ...installActs]
