import type { Page } from '../page.ts'
import { certificatesPage } from './certificates.ts'
import { firmwarePage } from './firmware.ts'
import { settingsPage } from './settings.ts'

export const serverPages: readonly Page[] = [certificatesPage, firmwarePage, settingsPage]
