import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keyRoutes } from '../../../src/admin/routes/keys.ts'
import { lineRoutes } from '../../../src/admin/routes/lines.ts'
import { maskedFiles } from '../../../src/provision/masked.ts'
import { surroundings } from '../../provision/support.ts'
import { fits, load, servingFleet } from '../helpers/fleet.ts'

const path = '/lines/+33483050173/keys'
const routeOf = (id: string) => keyRoutes.find((route) => route.id === id)

let api: Awaited<ReturnType<typeof servingFleet>>
let nudges = 0

beforeEach(async () => {
  nudges = 0
  api = await servingFleet([...keyRoutes, ...lineRoutes], {
    nudge: () => {
      nudges += 1
    },
    filesOf: (mac, as) => maskedFiles(api.store, surroundings(), Date.now)(mac, as),
  })
})
afterEach(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

const put = async (body: unknown, as = 'manager', etag?: string, query = '') =>
  api.ask('PUT', `${path}${query}`, { as, body, headers: { 'If-Match': etag ?? (await api.etagOf(path)) } })

test('keys are read in their places, with names, and with what there is room for', async () => {
  const { body } = await api.ask('GET', path)
  fits(routeOf('readKeys'), body)
  expect(body.capacity).toEqual({
    keys: { used: 4, available: 47 },
    supervision: { used: 2, available: 45 },
    interception: { used: 1, available: 1 },
  })
  expect(
    body.layout.map((key: { key: number; role: string; label: string; number: string }) => [
      key.key,
      key.role,
      key.label,
      key.number,
    ]),
  ).toEqual([
    [1, 'line', 'Stéphane Biel', '+33483050173'],
    [2, 'supervision', 'Valérie Diaz', '+33483050188'],
    [3, 'supervision', 'Ana Roux', '+33483050190'],
    [4, 'shortcut', 'Pierre Durand', '+33613456782'],
    [5, 'interception', 'Interception', '*98'],
  ])
})

test('keys are read with how they lie on the phone, how it takes new ones, and whose calls one takes', async () => {
  const { body } = await api.ask('GET', path)
  expect(body).toMatchObject({ taking: 'restart', pickupGroup: 'Accueil' })
  expect(body.units).toHaveLength(1)
  expect(body.units[0].pages).toHaveLength(4)
  expect(body.units[0].pages[0]).toEqual({
    kind: 'screen',
    left: [1, 2, 3, 4, 5, 6],
    right: [7, 8, 9, 10, 11, 12],
  })
})

test('keys are replaced as a whole, and the phone is queued', async () => {
  const { status, body, etag } = await put({ supervision: ['04 83 05 01 90'], shortcuts: [] })
  expect(status).toBe(200)
  fits(routeOf('replaceKeys'), body)
  expect(body).toMatchObject({
    supervision: ['+33483050190'],
    shortcuts: [],
    plan: { reboots: 1, changed: 1 },
  })
  expect(body.plan.devices).toMatchObject([{ mac: '64167fb269d6', reasons: ['keys changed'] }])
  expect(await api.etagOf(path)).toBe(etag)
  expect(nudges).toBe(1)
  const [entry] = await api.store.recentAudit(1)
  expect(entry).toMatchObject({ who: 'manager@example.net', source: 'api', subject: '+33483050173' })
})

test('of two who edit the same keys the second hears what the first did, and nothing is lost', async () => {
  const etag = await api.etagOf(path)
  expect((await put({ supervision: ['+33483050190'] }, 'manager', etag)).status).toBe(200)
  const second = await put({ supervision: ['+33483050188'] }, 'colleague', etag)
  expect(second.status).toBe(412)
  expect(second.body).toMatchObject({
    code: 'changed-since',
    yours: { supervision: ['+33483050188'], shortcuts: [] },
    current: { supervision: ['+33483050190'], shortcuts: [] },
    difference: [{ field: 'supervision', was: '+33483050190', is: '+33483050188' }],
  })
  expect(second.etag).toBe(await api.etagOf(path))
  expect((await api.ask('GET', path)).body.supervision).toEqual(['+33483050190'])
})

test('of many at the same moment one wins', async () => {
  const etag = await api.etagOf(path)
  const answers = await Promise.all(
    ['1', '2', '3', '4'].map((n) => put({ shortcuts: [{ number: `389${n}`, label: n }] }, 'manager', etag)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412])
})

test('a dry run says what would be, and does nothing', async () => {
  const etag = await api.etagOf(path)
  const { status, body } = await put({ supervision: [] }, 'manager', etag, '?dryRun=true')
  expect(status).toBe(200)
  expect(body.plan.changes[0].fields).toEqual([
    { field: 'keys.supervision', was: '+33483050188, +33483050190' },
    { field: 'keys.shortcuts', was: 'Pierre Durand (+33613456782), interception' },
  ])
  expect(await api.etagOf(path)).toBe(etag)
  expect(nudges).toBe(0)
})

test('faults point into the body', async () => {
  const wrong = {
    supervision: ['+33483050188', '+33483050173', '+33144000001'],
    shortcuts: [{ number: 'abc', label: 'x' }],
  }
  const { status, body } = await put(wrong)
  expect(status).toBe(422)
  expect(body.problems.map((each: { path: string; code: string }) => [each.path, each.code])).toEqual([
    ['shortcuts[0].number', 'number-invalid'],
  ])
  const checked = await api.ask('POST', `${path}/check`, {
    as: 'manager',
    body: { supervision: wrong.supervision },
  })
  expect(checked.status).toBe(200)
  fits(routeOf('checkKeys'), checked.body)
  expect(checked.body.possible).toBe(false)
  expect(checked.body.problems.map((each: { path: string; code: string }) => [each.path, each.code])).toEqual(
    [
      ['supervision[1]', 'supervised-self'],
      ['supervision[2]', 'supervised-unknown'],
    ],
  )
  expect((await put({ supervison: [] })).body.problems[0]).toMatchObject({
    path: 'supervison',
    code: 'unknown-field',
  })
})

test('a preview shows the files before and after without a password, and what would reboot', async () => {
  const [company] = await api.store.readFleet({ companies: ['Toine Immo'], secrets: true })
  const password = company?.lines[0]?.sip?.password ?? 'none'
  const { status, body, text } = await api.ask('POST', `${path}/preview`, {
    as: 'manager',
    body: { supervision: ['+33483050190'], shortcuts: [{ number: '3899', label: 'Mairie' }] },
  })
  expect(status).toBe(200)
  fits(routeOf('previewKeys'), body)
  expect(body.plan.reboots).toBe(1)
  const lines = body.files.flatMap((file: { lines: { sign: string; text: string }[] }) => file.lines)
  expect(
    lines.some(({ sign, text }: { sign: string; text: string }) => sign === '+' && text.includes('Mairie')),
  ).toBe(true)
  expect(
    lines.some(
      ({ sign, text }: { sign: string; text: string }) => sign === '-' && text.includes('Pierre Durand'),
    ),
  ).toBe(true)
  expect(text).not.toContain(password)
  expect((await api.ask('GET', path)).body.supervision).toHaveLength(2)
})

describe('a user', () => {
  const shortcuts = '/lines/+33483050173/shortcuts'
  test('orders his shortcuts and nothing else', async () => {
    const headers = { 'If-Match': await api.etagOf(path, 'user') }
    const asked = { as: 'user', headers, body: { shortcuts: [{ number: '3899', label: 'Mairie' }] } }
    const { status, body } = await api.ask('PUT', shortcuts, asked)
    expect(status).toBe(200)
    fits(routeOf('replaceShortcuts'), body)
    expect(body.supervision).toEqual(['+33483050188', '+33483050190'])
    expect((await put({ supervision: [] }, 'user')).status).toBe(403)
    const more = { ...asked, body: { shortcuts: [], supervision: [] } }
    expect((await api.ask('PUT', shortcuts, more)).status).toBe(422)
  })
  test('sees the line of nobody else', async () => {
    expect((await api.ask('GET', '/lines/+33483050188/keys', { as: 'user' })).status).toBe(403)
    expect((await api.ask('GET', '/lines/+33144000001/keys', { as: 'user' })).status).toBe(404)
    expect((await api.ask('GET', path, { as: 'installer' })).status).toBe(403)
  })
})

describe('going back', () => {
  const undo = async (change: number, query = '') =>
    api.ask('POST', `${path}/undo${query}`, {
      as: 'manager',
      body: { change },
      headers: { 'If-Match': await api.etagOf(path) },
    })
  test('to any version, whose keys that can no longer be are named', async () => {
    await put({ supervision: ['+33483050190'], shortcuts: [] })
    await put({ supervision: [], shortcuts: [{ number: '3899', label: 'Mairie' }] })
    const history = await api.ask('GET', `${path}/history`, { as: 'manager' })
    fits(routeOf('readKeyHistory'), history.body)
    const versions = history.body.items
    expect(versions.map((each: { supervision: string[] }) => each.supervision)).toEqual([
      [],
      ['+33483050190'],
      ['+33483050188', '+33483050190'],
    ])
    expect(history.body.names).toMatchObject({ '+33483050188': 'Valérie Diaz', '+33483050190': 'Ana Roux' })
    expect((await api.ask('DELETE', '/lines/+33483050190', { as: 'manager' })).status).toBe(200)
    const tried = await undo(versions[2].change, '?dryRun=true')
    expect(tried.status).toBe(200)
    const { status, body } = await undo(versions[2].change)
    expect(status).toBe(200)
    fits(routeOf('undoKeys'), body)
    expect(body).toMatchObject({
      supervision: ['+33483050188'],
      shortcuts: [{ label: 'Pierre Durand' }, 'interception'],
      left: [
        {
          key: '+33483050190',
          code: 'supervised-unknown',
          why: '+33483050190 is not a line of this company',
        },
      ],
    })
  })
  test('not to what was never a version of these keys', async () => {
    expect((await undo(4711)).body.code).toBe('version-unknown')
  })
  test('not to the keys of somebody who had the number before', async () => {
    expect((await api.ask('DELETE', '/lines/+33483050188')).status).toBe(422)
    await put({})
    expect((await api.ask('DELETE', '/lines/+33483050173')).status).toBe(200)
    const line = { number: '+33483050173', kind: 'fixed', site: 'Paris', firstName: 'New' }
    await load(api.store, { companies: [{ name: 'Other', lines: [line] }] })
    const { body } = await api.ask('GET', `${path}/history`, { as: 'stranger' })
    expect(body.items).toHaveLength(1)
    expect(body.items[0].supervision).toEqual([])
  })
})

describe('the same keys for others', () => {
  const copy = (to: readonly string[], query = '') =>
    api.ask('POST', `${path}/copy${query}`, { as: 'manager', body: { to } })
  test('each takes what it can have', async () => {
    const { status, body } = await copy(['+33483050188'])
    expect(status).toBe(200)
    fits(routeOf('copyKeys'), body)
    expect(body.lines).toEqual([{ line: '+33483050188', left: [] }])
    const copied = await api.ask('GET', '/lines/+33483050188/keys')
    expect(copied.body.supervision).toEqual(['+33483050190'])
    expect(copied.body.shortcuts).toHaveLength(2)
  })
  test('all or none', async () => {
    const { status, body } = await copy(['+33483050188', '+33144000001', 'x'])
    expect(status).toBe(422)
    expect(body.problems.map((each: { path: string }) => each.path)).toEqual(['to[1]', 'to[2]'])
    expect((await api.ask('GET', '/lines/+33483050188/keys')).body.supervision).toEqual([])
  })
})
