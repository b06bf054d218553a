import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Route } from '../../src/admin/route.ts'
import { routes } from '../../src/admin/routes/index.ts'
import { permissions, type Role, roles } from '../../src/domain/permissions.ts'
import { callers, ours, pathOf, servingWhole, type Things, theirs } from './helpers/whole.ts'

/**
 * Who may do what, written a second time: a slip in the table of the server is a difference here. One letter for each
 * of operator, manager, installer and user: * everywhere, C in its companies, S at its sites, L on its line, - nowhere.
 */
const table: Readonly<Record<string, string>> = {
  'catalogue.read': '****',
  'company.read': '*CCC',
  'company.create': '*---',
  'company.rename': '*---',
  'company.delete': '*---',
  'company.configure': '*---',
  'company.settle': '*C--',
  'line.move': '*---',
  'site.read': '*CS-',
  'site.write': '*C--',
  'line.read': '*CSL',
  'directory.read': '*C-C',
  'line.write': '*C--',
  'equipment.write': '*CS-',
  'keys.read': '*C-L',
  'keys.write': '*C--',
  'shortcuts.write': '*C-L',
  'pickup.read': '*C-L',
  'pickup.write': '*C--',
  'device.read': '*CSL',
  'device.files': '*C--',
  'device.uploads': '*C--',
  'device.window': '*CS-',
  'device.reboot': '*CS-',
  'discovered.read': '*CS-',
  'firmware.read': '*---',
  'certificates.read': '*---',
  'fleet.plan': '*C--',
  'fleet.apply': '*C--',
  'fleet.export': '*C--',
  'import.write': '*C--',
  'audit.read': '*C--',
  'people.read': '*C--',
  'people.write': '*C--',
  'tokens.read': '*C--',
  'tokens.write': '*C--',
  'self.write': '****',
  'server.read': '*---',
  'guard.forgive': '*---',
}

/** What a call is about: what is one's own, what a colleague elsewhere in the company has, what is another company's. */
const spots = ['own', 'colleague', 'foreign'] as const
type Spot = (typeof spots)[number]

function letterOf({ id, action }: Route, role: Role): string {
  const letter = table[action]?.[roles.indexOf(role)]
  if (letter === undefined) throw new Error(`${id}: nobody has said who may do ${action}`)
  return letter
}

/** The answer that is due: 404, 403, or `done` for anything that is neither. */
function due(route: Route, role: Role, spot: Spot): 403 | 404 | 'done' {
  const letter = letterOf(route, role)
  const isOperator = role === 'operator'
  if (route.of === 'server') return letter === '*' ? 'done' : 403
  if (route.of === 'fleet') {
    if (letter === '-') return 403
    const isNamed = /\{(person|token|mac)\}/.test(route.path)
    return isNamed && spot === 'foreign' && !isOperator ? 404 : 'done'
  }
  if (spot === 'foreign' && !isOperator) return 404
  if (letter === '*' || letter === 'C') return 'done'
  if (letter === '-' || spot === 'colleague') return 403
  const narrow = letter === 'S' ? ['site', 'line', 'device'] : ['line', 'device']
  return narrow.includes(route.of) ? 'done' : 403
}

let api: Awaited<ReturnType<typeof servingWhole>>

beforeAll(async () => {
  api = await servingWhole()
  for (const things of [ours, theirs]) await api.plant(things)
})
afterAll(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

async function paramsAt(route: Route, role: Role, spot: Spot) {
  const things: Things = spot === 'foreign' ? theirs : ours
  const i = spot === 'colleague' ? 1 : 0
  const isTaken = route.method !== 'get' && /^.(discovered|reboots)|\{layout\}/.test(route.path)
  const isLoose = isTaken || /\{(person|token)\}/.test(route.path)
  const { person, token } = isLoose ? await api.plant(things) : { person: 0, token: 0 }
  const session = route.path.includes('{session}') ? await api.openSession(callers[role].id) : 0
  return {
    company: things.company,
    site: things.sites[i],
    line: things.lines[i],
    mac: route.of === 'fleet' ? things.discovered : things.macs[i],
    // Of the phone that sent it; the group is of the first site.
    name: things.upload,
    group: things.group,
    layout: things.layout,
    import: route.path.includes('{import}') ? await importOf(role) : '',
    person: String(person),
    token: String(token),
    session: String(session),
    maker: 'polycom',
    model: 'vvx-450',
  }
}

/** An import is told to who began it. */
async function importOf(role: Role): Promise<string> {
  const owner = `person:${callers[role].id}`
  return String(await api.store.imports.begin({ owner, at: 0, forgetBefore: 0 }))
}

/** Asks without reading on: an answer may go on for as long as somebody listens. */
async function statusOf(route: Route, path: string, as: string): Promise<number> {
  const tries = route.query instanceof z.ZodObject && 'dryRun' in route.query.shape
  const response = await fetch(`${api.address}api/v1${path}${tries ? '?dryRun=true' : ''}`, {
    method: route.method.toUpperCase(),
    headers: {
      Authorization: `Bearer ${as}`,
      ...(route.guarded ? { 'If-Match': '"another-state"' } : {}),
      ...(route.body ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(route.body ? { body: '{}' } : {}),
  })
  await response.body?.cancel()
  return response.status
}

test('every action of the server is in this table too, and no other', () => {
  expect(Object.keys(table).toSorted()).toEqual(Object.keys(permissions).toSorted())
})

test('no two operations have one name, or one method and path', () => {
  const names = routes.map(({ id }) => id)
  const places = routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`)
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(places).size).toBe(places.length)
})

/** There is no such thing in the second site, so that nobody finds it there. */
const onlyInTheFirst = ['readPickupGroup', 'changePickupGroup', 'removePickupGroup', 'readDeviceUpload']

test.each(routes.map((route) => [route.id, route] as const))('%s', async (id, route) => {
  const found: Record<string, unknown> = {}
  const wanted: Record<string, unknown> = {}
  for (const role of roles) {
    for (const spot of spots) {
      const params = await paramsAt(route, role, spot)
      const status = await statusOf(route, pathOf(route, params), role)
      const isRefusal = status === 401 || status === 403 || status === 404
      const is = due(route, role, spot)
      const isAbsent = is === 'done' && spot === 'colleague' && onlyInTheFirst.includes(id)
      found[`${role} ${spot}`] = isRefusal ? status : 'done'
      wanted[`${role} ${spot}`] = isAbsent ? 404 : is
    }
  }
  const params = await paramsAt(route, 'user', 'own')
  found.nobody = await statusOf(route, pathOf(route, params), 'nobody')
  wanted.nobody = 401
  expect(found).toEqual(wanted)
})

test("a session of somebody else's is not there, for the operator neither", async () => {
  const session = await api.openSession(callers.user.id)
  expect((await api.ask('DELETE', `/me/sessions/${session}`, { as: 'manager' })).status).toBe(404)
  expect((await api.ask('DELETE', `/me/sessions/${session}`, { as: 'operator' })).status).toBe(404)
  expect((await api.ask('DELETE', `/me/sessions/${session}`, { as: 'user' })).status).toBe(204)
})
