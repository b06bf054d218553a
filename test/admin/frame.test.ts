import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openApi } from '../../src/admin/http/openapi.ts'
import { route } from '../../src/admin/route.ts'
import { catalogue } from '../../src/devices/catalogue.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { serving } from './helpers/serving.ts'

let made = 0
const things = [
  route({
    id: 'readThing',
    method: 'get',
    path: '/companies/{company}/thing',
    summary: 'Read the thing of a company',
    tag: 'things',
    action: 'keys.read',
    of: 'company',
    query: z.strictObject({ size: z.coerce.number().int().max(10).optional().describe('How large') }),
    answer: z.object({ company: z.string(), size: z.number() }),
    handle: async ({ place, query }) => ({
      body: { company: place.company ?? '', size: query.size ?? 1 },
      etag: 'thing-1',
    }),
  }),
  route({
    id: 'changeThing',
    method: 'put',
    path: '/companies/{company}/thing',
    summary: 'Change it',
    tag: 'things',
    action: 'keys.write',
    of: 'company',
    guarded: true,
    body: z.strictObject({ label: z.string(), inner: z.strictObject({ n: z.number() }).optional() }),
    bodyLimit: 1000,
    answer: z.object({ label: z.string(), ifMatch: z.string() }),
    handle: async ({ body, ifMatch = '' }) => ({ body: { label: body.label, ifMatch } }),
  }),
  route({
    id: 'makeThing',
    method: 'post',
    path: '/things',
    summary: 'Make one',
    tag: 'things',
    action: 'server.read',
    of: 'server',
    creates: true,
    body: z.strictObject({ name: z.string() }),
    answer: z.object({ made: z.number(), secret: z.string() }),
    handle: async ({ body }) => {
      made += 1
      if (body.name === 'fails') throw new Error('an inner secret')
      return { body: { made, secret: 'shown-once' } }
    },
  }),
]

let api: Awaited<ReturnType<typeof serving>>

beforeAll(async () => {
  const at = (company: string) => ({
    kind: 'person' as const,
    id: 2,
    name: 'm@example.net',
    companies: [company],
    locale: 'fr' as const,
  })
  api = await serving(things, {
    manager: { ...at('Toine Immo'), role: 'manager' },
    stranger: { ...at('Other'), role: 'manager' },
    installer: { ...at('Toine Immo'), role: 'installer', sites: [] },
  })
  const fleet = readEntries({
    companies: [
      { name: 'Toine Immo', sip: { domain: 'sip.example.net' } },
      { name: 'Other', sip: { domain: 'o.example.net' } },
    ],
  })
  await applyEntries(api.store, fleet, catalogue, { prune: false, who: { name: 'test', source: 'test' } })
})
afterAll(() => api.close())

const thing = '/companies/Toine%20Immo/thing'

describe('who may', () => {
  test.each([
    ['operator', 200],
    ['manager', 200],
    ['installer', 403],
    ['stranger', 404],
    ['nobody', 401],
  ])('%s gets %i', async (as, status) => {
    const { status: got, body } = await api.ask('GET', thing, { as })
    expect(got).toBe(status)
    if (status !== 200) expect(body).toMatchObject({ status, type: `urn:bootline:problem:${body.code}` })
  })

  test('what is not there and what may not be seen are told apart by nobody', async () => {
    const unseen = await api.ask('GET', thing, { as: 'stranger' })
    const absent = await api.ask('GET', '/companies/No%20Such/thing', { as: 'stranger' })
    const { requestId: one, ...first } = unseen.body
    const { requestId: two, ...second } = absent.body
    expect(first).toEqual(second)
    expect(one).not.toBe(two)
  })
})

describe('what is sent', () => {
  const change = (body: unknown, headers: Record<string, string> = {}) =>
    api.ask('PUT', thing, { body, headers: { 'If-Match': '"thing-1"', ...headers } })

  test('a good body is used', async () => {
    const { status, body } = await change({ label: 'A <b>' })
    expect({ status, body }).toEqual({ status: 200, body: { label: 'A <b>', ifMatch: 'thing-1' } })
  })

  test.each([
    ['a wrong type', { label: 1 }, 422, 'input-unfit'],
    ['an unknown field', { label: 'a', lable: 'b' }, 422, 'input-unfit'],
    ['no JSON', '{"label":', 400, 'body-unfit'],
    ['a field twice', '{"label":"a","label":"b"}', 400, 'body-unfit'],
    ['a field twice, written otherwise', '{"label":"a","\\u006cabel":"b"}', 400, 'body-unfit'],
    ['a field twice deep down', '{"label":"a","inner":{"n":1,"n":2}}', 400, 'body-unfit'],
    ['a prototype', '{"label":"a","__proto__":{"n":1}}', 400, 'body-unfit'],
    ['endless nesting', '['.repeat(60) + ']'.repeat(60), 400, 'body-unfit'],
    ['too much', { label: 'x'.repeat(2000) }, 413, 'body-too-large'],
  ])('%s is refused', async (_what, body, status, code) => {
    const told = await change(body)
    expect({ status: told.status, code: told.body.code }).toEqual({ status, code })
    expect(told.body.remedy).toBeTruthy()
  })

  test('a colon or a bracket inside a text is text', async () => {
    const { status } = await change({ label: '{"label": ["x", {"label": 1' })
    expect(status).toBe(200)
  })

  test('bytes that are not UTF-8 are refused', async () => {
    const response = await fetch(`${api.address}api/v1${thing}`, {
      method: 'PUT',
      headers: { Authorization: 'Bearer operator', 'If-Match': '"x"', 'Content-Type': 'application/json' },
      body: Buffer.from([0x7b, 0x22, 0x6c, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    })
    expect(response.status).toBe(400)
  })

  test('the state that is changed has to be named', async () => {
    expect((await change({ label: 'a' }, { 'If-Match': '' })).body.code).toBe('if-match-unfit')
    expect((await api.ask('PUT', thing, { body: { label: 'a' } })).status).toBe(428)
  })

  test('a query is checked, and a field twice is no value', async () => {
    expect((await api.ask('GET', `${thing}?size=7`)).body.size).toBe(7)
    for (const query of ['size=11', 'size=x', 'siez=1', 'size=1&size=2']) {
      expect((await api.ask('GET', `${thing}?${query}`)).status, query).toBe(400)
    }
  })

  test('who has the state already is not sent it again', async () => {
    const { etag = '' } = await api.ask('GET', thing)
    expect((await api.ask('GET', thing, { headers: { 'If-None-Match': etag } })).status).toBe(304)
  })
})

describe('making', () => {
  const make = (key: string | undefined, name = 'a') =>
    api.ask('POST', '/things', { body: { name }, ...(key ? { headers: { 'Idempotency-Key': key } } : {}) })

  test('the same key makes one, and answers the same', async () => {
    const first = await make('key-number-1')
    const again = await make('key-number-1')
    expect(first.status).toBe(201)
    expect(again.body).toEqual(first.body)
    expect((await make('key-number-2')).body.made).toBe(first.body.made + 1)
  })

  test('a key is not for another request', async () => {
    await make('key-number-3')
    expect((await make('key-number-3', 'b')).body.code).toBe('idempotency-key-reused')
  })

  test('what failed may be tried again, and tells nothing of why', async () => {
    const failed = await make('key-number-4', 'fails')
    expect(failed.status).toBe(500)
    expect(failed.text).not.toContain('inner secret')
    expect(api.faults).toHaveLength(1)
    expect((await make('key-number-4', 'fails')).status).toBe(500)
  })
})

test('every operation is described', () => {
  const document = openApi(things, '1.0.0') as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  for (const { path, method, id } of things) expect(document.paths[path]?.[method]?.operationId).toBe(id)
})

test('addresses that cannot be read, and those where nothing is', async () => {
  expect((await api.ask('GET', '/companies/%zz/thing')).status).toBe(400)
  expect((await api.ask('GET', '/nothing')).status).toBe(404)
  expect((await api.ask('DELETE', thing)).status).toBe(404)
})
