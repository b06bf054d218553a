import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Route } from '../../src/admin/route.ts'
import { routes } from '../../src/admin/routes/index.ts'
import { ours, pathOf, servingWhole, theirs } from './helpers/whole.ts'

let api: Awaited<ReturnType<typeof servingWhole>>
let loose: Record<'ours' | 'theirs', { readonly person: number; readonly token: number }>

beforeAll(async () => {
  api = await servingWhole()
  loose = { ours: await api.plant(ours), theirs: await api.plant(theirs) }
})
afterAll(() => api.close())

/** Texts that stand in the other company alone; whoever sends one is told nothing by having it back. */
const secrets = [
  theirs.marker,
  theirs.marker.toLowerCase(),
  theirs.company,
  ...theirs.sites,
  ...theirs.lines,
  ...theirs.macs,
  theirs.group,
  theirs.layout,
  theirs.upload,
  theirs.discovered,
  theirs.address,
]

/** Everything of the other company, also what is not in a fleet file. */
async function allOfTheirs(): Promise<string> {
  const { store } = api
  const people = await store.people.list({ companies: [theirs.company], limit: 500 })
  const tokens = (await store.people.tokens.list({ limit: 500 })).filter(({ companies }) =>
    companies.includes(theirs.company),
  )
  return JSON.stringify({
    fleet: await store.readFleet({ companies: [theirs.company], secrets: true }),
    layouts: await store.keyLayouts.list(theirs.company),
    devices: await Promise.all(theirs.macs.map((mac) => store.devices.deviceState(mac))),
    jobs: await Promise.all(theirs.macs.map((mac) => store.reboots.jobs({ mac, limit: 10 }))),
    discovered: await store.devices.findDiscovered({ within: {}, mac: theirs.discovered, limit: 1 }),
    uploads: await Promise.all(theirs.macs.map((mac) => api.uploads.list(mac))),
    people,
    tokens,
  })
}

const either = <T>(pick: (things: typeof ours) => T) => fc.constantFrom(pick(ours), pick(theirs))
const nonsense = fc.constantFrom('', 'nobody', '..', '%', '*', "' OR 1=1 --", '__proto__', '0')
const name = (pick: (things: typeof ours) => string) =>
  fc.oneof({ weight: 6, arbitrary: either(pick) }, { weight: 1, arbitrary: nonsense })

const company = name((things) => things.company)
const site = fc.oneof(
  name((things) => things.sites[0]),
  name((things) => things.sites[1]),
)
const line = fc.oneof(
  name((things) => things.lines[0]),
  name((things) => things.lines[1]),
)
const mac = fc.oneof(
  name((things) => things.macs[0]),
  name((things) => things.discovered),
)
const number = (of: 'person' | 'token') =>
  fc.constantFrom('ours', 'theirs').map((whose) => (): string => String(loose[whose as 'ours'][of]))
const literally = (arbitrary: fc.Arbitrary<string>) => arbitrary.map((text) => (): string => text || 'x')

const params = fc.record({
  company: literally(company),
  site: literally(site),
  line: literally(line),
  mac: literally(mac),
  group: literally(name((things) => things.group)),
  layout: literally(name((things) => things.layout)),
  name: literally(name((things) => things.upload)),
  person: fc.oneof(
    number('person'),
    fc.constantFrom('1', '2', '3').map((id) => (): string => id),
  ),
  token: number('token'),
  session: literally(fc.constantFrom('1', '2')),
  import: literally(fc.constantFrom('1', '2')),
  maker: literally(fc.constant('polycom')),
  model: literally(fc.constantFrom('vvx-450', 'nothing')),
})

const shortcuts = fc.constantFrom([], ['interception'], [{ number: '0613456782', label: 'Pierre' }])
const keys = fc.record({ supervision: fc.array(line, { maxLength: 3 }), shortcuts }, { requiredKeys: [] })
const equipment = fc.record(
  { model: fc.constantFrom('polycom/vvx-450', 'polycom/vvx-250', 'yealink/t54w'), mac },
  { requiredKeys: ['model'] },
)
const lineEntry = fc.record(
  { number: line, kind: fc.constant('fixed'), site, lastName: fc.constant('Neu'), equipment, keys },
  { requiredKeys: ['number', 'kind', 'site'] },
)

/** Bodies of every operation's shape, and some of another's. */
const body = fc.oneof(
  fc.constant({}),
  keys,
  equipment,
  lineEntry,
  lineEntry.map((entry) => ({ ...entry, equipment: null })),
  fc.record({ name: fc.oneof(company, site), address: fc.constant('2 rue Neuve') }),
  fc.record({ name: name((things) => things.group), members: fc.array(line, { maxLength: 2 }) }),
  fc.record({ name: name((things) => things.layout), supervision: fc.array(line, { maxLength: 2 }) }),
  fc.record({ to: fc.array(line, { minLength: 1, maxLength: 3 }) }),
  fc.record({ change: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ shortcuts }),
  fc.record({ company, when: fc.constantFrom('now', 'quiet') }),
  fc.record({ macs: fc.array(mac, { minLength: 1, maxLength: 2 }) }),
  fc.record({ when: fc.constantFrom('now', '03:00') }),
  fc.record({ timezone: fc.constantFrom('Europe/Paris', 'Indian/Reunion') }),
  fc.record({
    companies: fc.array(fc.record({ name: company, lines: fc.array(lineEntry, { maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  fc.record({
    email: fc.uuid().map((id) => `${id}@example.net`),
    name: fc.constant('Neu'),
    role: fc.constantFrom('manager', 'user', 'installer', 'operator'),
    companies: fc.array(company, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ name: fc.constant('program'), role: fc.constant('manager'), companies: fc.tuple(company) }),
  fc.record({ role: fc.constant('manager'), companies: fc.tuple(company) }),
  fc.record({ role: fc.constant('user'), line }),
  fc.record({ removeSecondFactor: fc.boolean() }),
)

const query = fc.record(
  {
    company,
    site,
    search: fc.constantFrom(theirs.marker, 'Prénom', '4', 'example', theirs.lines[0]),
    subject: line,
    who: fc.constant('test'),
    limit: fc.constantFrom('1', '500'),
    after: fc.constantFrom('', '1', 'a', theirs.macs[0]),
    format: fc.constantFrom('json', 'jsonl', 'csv'),
    dryRun: fc.constantFrom('true', 'false'),
    prune: fc.constantFrom('true', 'false'),
    passwords: fc.constant('true'),
  },
  { requiredKeys: [] },
)

/** An answer without end is tried where it belongs. */
const finite = new Map(routes.filter(({ id }) => id !== 'followEvents').map((route) => [route.id, route]))
const operation = fc.record({
  id: fc.constantFrom(...finite.keys()),
  params,
  query,
  body,
  isMeant: fc.boolean(),
})
type Operation = typeof operation extends fc.Arbitrary<infer Of> ? Of : never

async function perform({ id, params: meant, query: asked, body: sent, isMeant }: Operation) {
  const route = finite.get(id)
  if (!route) throw new Error(`there is no ${id}`)
  const named = Object.fromEntries(Object.entries(meant).map(([key, value]) => [key, value()]))
  const known = route.query instanceof z.ZodObject ? Object.keys(route.query.shape) : []
  const fields = Object.entries(asked).filter(([key]) => known.includes(key))
  const path = `${pathOf(route, named)}?${new URLSearchParams(fields as [string, string][])}`
  const headers = route.guarded ? { 'If-Match': `"${await stateFor(route, named, isMeant)}"` } : {}
  const written = route.body ? sent : undefined
  const { status, text } = await api.ask(route.method.toUpperCase(), path, {
    as: 'manager',
    headers,
    ...(written === undefined ? {} : { body: written }),
  })
  return { status, text, sent: decodeURIComponent(path.replaceAll('+', ' ')) + JSON.stringify(written ?? '') }
}

/** The true state, as somebody could have it who once was allowed to read it, or any other. */
async function stateFor(route: Route, named: Record<string, string>, isMeant: boolean): Promise<string> {
  const path = pathOf(route, named)
    .replace(/\/(configuration|undo)$/, '')
    .replace(/\/shortcuts$/, '/keys')
  const { etag } = isMeant ? await api.ask('GET', path) : { etag: undefined }
  return etag?.replaceAll('"', '') ?? 'any'
}

test('nothing a manager does shows or changes anything of another company', async () => {
  const before = await allOfTheirs()
  const answers = new Map<number, number>()
  /** What came of an import is told later, by what was in the file. */
  let handedIn = ''
  /** Anybody may call a thing of his own as theirs is called, and is shown it from then on. */
  let named = ''
  const names = [theirs.layout, theirs.group, ...theirs.sites]
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 6, maxLength: 12 }), async (operations) => {
      for (const each of operations) {
        const { status, text, sent } = await perform(each)
        answers.set(status, (answers.get(status) ?? 0) + 1)
        if (each.id === 'startImport') handedIn += sent
        if (status < 300 && finite.get(each.id)?.method !== 'get')
          named += names.filter((name) => sent.includes(name)).join(' ')
        const own = sent + named + (each.id === 'readImport' ? handedIn : '')
        const told = secrets.filter((secret) => text.includes(secret) && !own.includes(secret))
        expect({ operation: each.id, told }).toEqual({ operation: each.id, told: [] })
      }
      expect(await allOfTheirs()).toBe(before)
    }),
    { numRuns: 60 },
  )
  // Else it would have shown only that everything is refused.
  expect(answers.get(200)).toBeGreaterThan(50)
  expect(answers.get(404)).toBeGreaterThan(50)
  expect(api.faults).toEqual([])
}, 120_000)

test('those texts are there to be seen: an operator is shown each', async () => {
  const paths = [
    '/fleet/export?format=json',
    `/companies/${encodeURIComponent(theirs.company)}/key-layouts`,
    `/devices/${theirs.macs[0]}/uploads`,
    '/discovered',
    '/lines',
    '/people',
  ]
  const texts = await Promise.all(paths.map(async (path) => (await api.ask('GET', path)).text))
  const told = texts.join('\n')
  expect(secrets.filter((secret) => !told.includes(secret))).toEqual([])
})
