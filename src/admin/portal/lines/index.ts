import type { Act, Page } from '../page.ts'
import { changeActs, changePages } from './change.ts'
import { createActs, createPages } from './create.ts'
import { equipmentActs, equipmentPages } from './equipment.ts'
import { line } from './line.ts'
import { lines } from './list.ts'
import { macActs, macPages } from './mac.ts'
import { removeActs, removePages } from './remove.ts'
import { unlinkActs, unlinkPages } from './unlink.ts'

/** A new line before the one of any number: the first that fits is shown. */
export const linePages: readonly Page[] = [
  lines,
  ...createPages,
  line,
  ...equipmentPages,
  ...macPages,
  ...unlinkPages,
  ...changePages,
  ...removePages,
]

export const lineActs: readonly Act[] = [
  ...createActs,
  ...equipmentActs,
  ...macActs,
  ...unlinkActs,
  ...changeActs,
  ...removeActs,
]
