import type { Page } from '../page.ts'
import { importPages } from './import.ts'
import { importJob } from './job.ts'

export { importActs } from './import.ts'

export const allImportPages: readonly Page[] = [...importPages, importJob]
