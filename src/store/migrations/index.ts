import { intent } from './001-intent.ts'
import type { Migration } from './migration.ts'

/** In order, without gaps. */
export const migrations: readonly Migration[] = [intent]
