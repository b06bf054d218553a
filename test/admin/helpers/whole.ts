import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Principal } from '../../../src/admin/principal.ts'
import type { Route } from '../../../src/admin/route.ts'
import { routes } from '../../../src/admin/routes/index.ts'
import { createUploads } from '../../../src/delivery/uploads.ts'
import { maskedFiles } from '../../../src/provision/masked.ts'
import type { NewPerson } from '../../../src/store/people-save.ts'
import { surroundings } from '../../provision/support.ts'
import { delivery } from './devices.ts'
import { load } from './fleet.ts'
import { serving } from './serving.ts'

/** What there is of one company, by the names that paths are made of. */
export interface Things {
  readonly company: string
  /** Two sites with a line and a phone each. */
  readonly sites: readonly [string, string]
  readonly lines: readonly [string, string]
  readonly macs: readonly [string, string]
  readonly group: string
  readonly layout: string
  readonly upload: string
  /** A device that asked from where the phones of this company stand. */
  readonly discovered: string
  readonly address: string
  /** Stands in every text that is nobody else's. */
  readonly marker: string
}

export const ours: Things = {
  company: 'Toine Immo',
  sites: ['Grasse', 'Nice'],
  lines: ['+33483050173', '+33483050188'],
  macs: ['64167fb269d6', '64167fb269d7'],
  group: 'Accueil',
  layout: 'Secrétariat',
  upload: '64167fb269d6-app.log',
  discovered: '805ec0bb0001',
  address: '192.0.2.7',
  marker: 'Biel',
}

export const theirs: Things = {
  company: 'Zinc Bleu',
  sites: ['Quai Vert', 'Quai Noir'],
  lines: ['+33144000001', '+33144000002'],
  macs: ['64167f0000a1', '64167f0000a2'],
  group: 'Comptoir',
  layout: 'Vendeurs',
  upload: '64167f0000a1-app.log',
  discovered: '805ec0cc0001',
  address: '203.0.113.9',
  marker: 'Quetsche',
}

function companyOf({ company, sites, lines, macs, group, marker }: Things): object {
  return {
    name: company,
    sip: { domain: `${marker.toLowerCase()}.example.net` },
    sites: [
      { name: sites[0], address: `1 rue ${marker}`, pickupGroups: [{ name: group, members: [lines[0]] }] },
      { name: sites[1] },
    ],
    lines: [0, 1].map((i) => ({
      number: lines[i],
      kind: 'fixed',
      site: sites[i],
      firstName: `Prénom${i}`,
      lastName: `${marker}${i}`,
      email: `${marker.toLowerCase()}${i}@example.net`,
      equipment: { model: 'polycom/vvx-450', mac: macs[i] },
      keys: {
        supervision: [lines[1 - i]],
        shortcuts: [{ number: '0613456782', label: `Label ${marker}` }],
      },
    })),
  }
}

const home = { kind: 'person' as const, locale: 'fr' as const, companies: [ours.company] }

/** One of each role; their numbers are those that people get who are added in this order. */
export const callers: Record<'operator' | 'manager' | 'installer' | 'user', Principal> = {
  operator: { ...home, id: 1, name: 'operator@example.net', role: 'operator', companies: 'all' },
  manager: { ...home, id: 2, name: 'manager@example.net', role: 'manager' },
  installer: {
    ...home,
    id: 3,
    name: 'installer@example.net',
    role: 'installer',
    sites: [{ company: ours.company, site: ours.sites[0] }],
  },
  user: { ...home, id: 4, name: 'user@example.net', role: 'user', line: ours.lines[0] },
}

const author = { name: 'test', source: 'test', at: Date.now() }

/** Every operation there is, on two companies that know nothing of each other. */
export async function servingWhole() {
  const api = await serving(routes, callers, {
    filesOf: (mac, as) => maskedFiles(api.store, surroundings(), Date.now)(mac, as),
    uploads: { list: (mac) => uploads.list(mac), find: (...of) => uploads.find(...of) },
  })
  const { store } = api
  const uploads = createUploads(join(api.services.settings.data, 'uploads'))
  await load(store, { companies: [companyOf(ours), companyOf(theirs)] })
  for (const { id, name, role, line } of Object.values(callers)) {
    const added = await addPerson({ email: name, name: 'Somebody', locale: 'fr', ...scopeOf(role, line) })
    if (added.id !== id) throw new Error(`${name} has another number than its caller`)
  }
  for (const things of [ours, theirs]) {
    await uploads.save(things.macs[0], 'log', things.upload, Buffer.from(`log ${things.marker}`))
    await store.devices.recordDeliveries([delivery(things.macs[0], Date.now(), { source: things.address })])
  }

  function addPerson(person: NewPerson) {
    return store.people.add(author, person)
  }

  /** Puts there what operations take away: each call has something of its own to remove. */
  async function plant(things: Things): Promise<Loose> {
    const at = Date.now()
    const name = randomUUID()
    const scope = { role: 'user' as const, companies: [things.company], sites: [], line: things.lines[0] }
    const person = await addPerson({
      email: `${name}@example.net`,
      name: `Person ${things.marker}`,
      locale: 'fr',
      ...scope,
    })
    const token = await store.people.tokens.add(author, {
      ...scope,
      name: `token ${things.marker}`,
      hash: name,
      expiresAt: at + 3_600_000,
    })
    await store.keyLayouts.change(
      things.company,
      things.layout,
      { name: 'test', source: 'test', at: 0 },
      () => ({
        name: things.layout,
        keys: { supervision: [], shortcuts: [{ number: '0613456782', label: `Layout ${things.marker}` }] },
      }),
    )
    await store.devices.recordDiscovered([
      {
        at,
        mac: things.discovered,
        maker: 'yealink',
        source: things.address,
        name: 'x.cfg',
        userAgent: `Yealink ${things.marker}`,
      },
    ])
    await store.reboots.order({ macs: [...things.macs], dueAt: at + 3_600_000, who: 'test', at })
    return { person: person.id, token: token.id }
  }

  async function openSession(person: number): Promise<number> {
    const session = { hash: randomUUID(), person, stage: 'whole' as const, csrf: 'c', address: '192.0.2.1' }
    await store.people.sessions.open({ ...session, userAgent: 'test', at: Date.now() })
    return (await store.people.sessions.ofPerson(person, Date.now())).at(-1)?.id ?? 0
  }

  return { ...api, plant, openSession, addPerson, uploads }
}

interface Loose {
  readonly person: number
  readonly token: number
}

function scopeOf(role: Principal['role'], line: string | undefined) {
  const until = Date.now() + 3_600_000
  return {
    role,
    companies: role === 'operator' || role === 'installer' ? [] : [ours.company],
    sites: role === 'installer' ? [{ company: ours.company, site: ours.sites[0], until }] : [],
    ...(line === undefined ? {} : { line }),
  }
}

/** A path with what stands in braces put in. */
export function pathOf({ path }: Pick<Route, 'path'>, params: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${path} needs ${name}`)
    return encodeURIComponent(value)
  })
}
