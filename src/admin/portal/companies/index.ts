import type { Act, Page } from '../page.ts'
import { changeActs, changePages } from './change.ts'
import { companyPage } from './company.ts'
import { createActs, createPages } from './create.ts'
import { fateActs, fatePages } from './fate.ts'
import { companyList } from './list.ts'
import { moveActs, movePages } from './moves.ts'
import { parameterNames } from './parameters.ts'

export const companyPages: readonly Page[] = [
  companyList,
  companyPage,
  parameterNames,
  ...createPages,
  ...changePages,
  ...fatePages,
  ...movePages,
]

export const companyActs: readonly Act[] = [...createActs, ...changeActs, ...fateActs, ...moveActs]
