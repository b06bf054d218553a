import { intent } from './001-intent.ts'
import { devices } from './002-devices.ts'
import { reboots } from './003-reboots.ts'
import { hooks } from './004-hooks.ts'
import { deviceHistory } from './005-device-history.ts'
import { replays } from './006-replays.ts'
import { people } from './007-people.ts'
import { keyLayouts } from './008-key-layouts.ts'
import { companies } from './009-companies.ts'
import { foldedNames } from './010-folded-names.ts'
import { deviceTaken } from './011-device-taken.ts'
import { importJobs } from './012-import-jobs.ts'
import type { Migration } from './migration.ts'

/** In order, without gaps. */
export const migrations: readonly Migration[] = [
  intent,
  devices,
  reboots,
  hooks,
  deviceHistory,
  replays,
  people,
  keyLayouts,
  companies,
  foldedNames,
  deviceTaken,
  importJobs,
]
