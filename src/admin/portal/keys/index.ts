import type { Act, Page } from '../page.ts'
import { editorActs, editorPages } from './editor.ts'
import { progressPages } from './progress.ts'

export const keyPages: readonly Page[] = [...editorPages, ...progressPages]
export const keyActs: readonly Act[] = [...editorActs]
