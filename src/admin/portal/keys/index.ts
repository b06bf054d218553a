import type { Act, Page } from '../page.ts'
import { copyActs, copyPages } from './copy.ts'
import { editorActs, editorPages } from './editor.ts'
import { historyActs, historyPages } from './history.ts'
import { labelPages } from './labels.ts'
import { layoutActs, layoutPages } from './layouts.ts'
import { progressPages } from './progress.ts'

export const keyPages: readonly Page[] = [
  ...editorPages,
  ...progressPages,
  ...historyPages,
  ...copyPages,
  ...layoutPages,
  ...labelPages,
]
export const keyActs: readonly Act[] = [...editorActs, ...historyActs, ...copyActs, ...layoutActs]
