/** Who may do what. This table is the only place that decides it: the API, the portal and their tests all read it. */

export const roles = ['operator', 'manager', 'installer', 'user'] as const
export type Role = (typeof roles)[number]

/** How far an action of a role reaches: everywhere, in its companies, at its sites, on its own line, or nowhere. */
export type Reach = 'all' | 'company' | 'site' | 'line' | 'never'

const everybody = { operator: 'all', manager: 'company', installer: 'site', user: 'line' } as const
const staff = { operator: 'all', manager: 'company', installer: 'site', user: 'never' } as const
const managers = { operator: 'all', manager: 'company', installer: 'never', user: 'never' } as const
const operators = { operator: 'all', manager: 'never', installer: 'never', user: 'never' } as const

/** An action by its name, with its reach for each role. */
export const permissions = {
  /** Models, makers, what the server is called: no secret, but for people who signed in only. */
  'catalogue.read': { operator: 'all', manager: 'all', installer: 'all', user: 'all' },
  /** Its name and what its lines have in common; without accounts and parameters for those who do not manage it. */
  'company.read': { operator: 'all', manager: 'company', installer: 'company', user: 'company' },
  'company.create': operators,
  'company.rename': operators,
  'company.delete': operators,
  /** The SIP server, access of devices, how they are told: what breaks a company when it is wrong. */
  'company.configure': operators,
  /** Language, time zone, quiet hours, what a key does in a call, extra parameters. */
  'company.settle': managers,
  'line.move': operators,

  'site.read': staff,
  'site.write': managers,
  'line.read': everybody,
  /** Names and numbers of a company's lines, to put them on keys. */
  'directory.read': { operator: 'all', manager: 'company', installer: 'never', user: 'company' },
  'line.write': managers,
  'equipment.write': staff,
  'keys.read': { operator: 'all', manager: 'company', installer: 'never', user: 'line' },
  'keys.write': managers,
  'shortcuts.write': { operator: 'all', manager: 'company', installer: 'never', user: 'line' },
  'pickup.read': { operator: 'all', manager: 'company', installer: 'never', user: 'line' },
  'pickup.write': managers,

  'device.read': everybody,
  /** The files a device gets, passwords masked. */
  'device.files': managers,
  'device.uploads': managers,
  'device.window': staff,
  'device.reboot': staff,
  'discovered.read': staff,
  'firmware.read': operators,
  'certificates.read': operators,

  'fleet.plan': managers,
  'fleet.apply': managers,
  'fleet.export': managers,
  'import.write': managers,
  'audit.read': managers,

  /** Somebody may be in several companies: whom a manager sees and may change, domain/scope.ts says. */
  'people.read': managers,
  'people.write': managers,
  'tokens.read': managers,
  'tokens.write': managers,
  /** One's own name, password, second factor and sessions. */
  'self.write': { operator: 'all', manager: 'all', installer: 'all', user: 'all' },
  'server.read': operators,
  /** Letting an address in again that looked like a guesser. */
  'guard.forgive': operators,
} as const satisfies Record<string, Readonly<Record<Role, Reach>>>

export type Action = keyof typeof permissions

/** Where something is, as far as it is somewhere; a thing of no company belongs to the server. */
export interface Whereabouts {
  readonly company?: string
  readonly site?: string
  readonly line?: string
  /** A device may have several: a base has one for each handset. */
  readonly lines?: readonly string[]
}

/** Where somebody is at home; an operator is everywhere. */
export interface Home {
  readonly role: Role
  readonly companies: readonly string[] | 'all'
  readonly sites?: readonly { readonly company: string; readonly site: string }[]
  readonly line?: string
}

export type Judgement = 'may' | 'may-not' | 'unseen'

/**
 * May somebody do this there? What is in no company of his he does not even see; what is in one of them he sees, and
 * is told when it is not his to do.
 */
export function judge(home: Home, action: Action, where: Whereabouts): Judgement {
  const reach: Reach = permissions[action][home.role]
  if (home.companies !== 'all' && where.company !== undefined && !home.companies.includes(where.company)) {
    return 'unseen'
  }
  return reaches(home, reach, where) ? 'may' : 'may-not'
}

/** Whether there is any place where somebody may do this. */
export function mayAnywhere({ role }: Pick<Home, 'role'>, action: Action): boolean {
  return permissions[action][role] !== 'never'
}

function reaches(home: Home, reach: Reach, where: Whereabouts): boolean {
  if (reach === 'all') return true
  if (reach === 'never' || where.company === undefined) return false
  if (reach === 'company') return true
  if (reach === 'line') {
    return home.line !== undefined && (where.line === home.line || where.lines?.includes(home.line) === true)
  }
  return (home.sites ?? []).some(({ company, site }) => company === where.company && site === where.site)
}
