import type { Act, Page } from '../page.ts'
import { certificatesPage } from './certificates.ts'
import { firmwarePage } from './firmware.ts'
import { settingsActs, settingsPages } from './settings.ts'

export const serverPages: readonly Page[] = [certificatesPage, firmwarePage, ...settingsPages]
export const serverActs: readonly Act[] = settingsActs
