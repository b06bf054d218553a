import { type Action, mayAnywhere } from '../../domain/permissions.ts'
import type { Principal } from '../principal.ts'

interface Entry {
  readonly place: string
  readonly to: string
  readonly action: Action
  /** Roles for whom it is the way in, or that have a page of their own instead. */
  readonly not?: readonly Principal['role'][]
}

/** Where one can go, in the order of the menu. Its texts are `menu.` and the name of the place. */
const entries: readonly Entry[] = [
  { place: 'home', to: '/', action: 'line.read', not: ['user', 'installer'] },
  { place: 'install', to: '/install', action: 'equipment.write', not: ['operator', 'manager'] },
  { place: 'my-line', to: '/', action: 'line.read', not: ['operator', 'manager', 'installer'] },
  { place: 'lines', to: '/lines', action: 'site.read' },
  { place: 'sites', to: '/sites', action: 'site.read' },
  { place: 'pickup', to: '/pickup', action: 'pickup.write' },
  { place: 'devices', to: '/devices', action: 'site.read' },
  { place: 'administration', to: '/administration', action: 'people.read' },
]

export interface MenuEntry {
  readonly place: string
  readonly to: string
  readonly here: boolean
}

export function menuFor(who: Principal, place: string): readonly MenuEntry[] {
  return entries
    .filter(({ action, not = [] }) => mayAnywhere(who, action) && !not.includes(who.role))
    .map(({ place: name, to }) => ({ place: name, to, here: name === place }))
}
