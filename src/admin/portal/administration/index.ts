import type { Act, Page } from '../page.ts'
import { administration } from './administration.ts'
import { guardActs, guardPages } from './guard.ts'

export const administrationPages: readonly Page[] = [administration, ...guardPages]
export const administrationActs: readonly Act[] = guardActs
