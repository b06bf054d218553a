import type { Act, Page } from '../page.ts'
import { account, ownActs } from './account.ts'
import { changeLanguage } from './language.ts'
import { changePassword, password } from './password.ts'
import { secondFactorActs, secondFactorPages } from './second-factor.ts'

export const accountPages: readonly Page[] = [account, password, ...secondFactorPages]
export const accountActs: readonly Act[] = [changeLanguage, changePassword, ...ownActs, ...secondFactorActs]
