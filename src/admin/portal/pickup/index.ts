import type { Act, Page } from '../page.ts'
import { createActs, newGroup } from './create.ts'
import { groupActs, groupPages } from './group.ts'
import { pickupList } from './list.ts'

export const pickupPages: readonly Page[] = [pickupList, newGroup, ...groupPages]

export const pickupActs: readonly Act[] = [...createActs, ...groupActs]
