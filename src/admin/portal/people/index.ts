import type { Act, Page } from '../page.ts'
import { changeActs, changePages } from './change.ts'
import { invite, newPerson } from './invite.ts'
import { people } from './list.ts'
import { ableActs, person } from './person.ts'
import { tokenActs, tokenPages } from './tokens.ts'

export const peoplePages: readonly Page[] = [people, newPerson, person, ...changePages, ...tokenPages]
export const peopleActs: readonly Act[] = [invite, ...ableActs, ...changeActs, ...tokenActs]
