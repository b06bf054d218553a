import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Route } from '../../src/admin/route.ts'
import { routes } from '../../src/admin/routes/index.ts'
import { ours, servingWhole, theirs } from '../admin/helpers/whole.ts'
import { expectDocumented, expectNoInsides, fuzz, patience } from './fuzzing.ts'
import { harmed, oddText, wellFormed } from './generators.ts'
import { valuesOf } from './schema-values.ts'

let api: Awaited<ReturnType<typeof servingWhole>>

beforeAll(async () => {
  api = await servingWhole()
})
afterAll(() => api.close())

/** What is there, and what is nowhere: by what texts of a request are made. */
const texts = [ours, theirs].flatMap(({ company, sites, lines, macs, group, layout, upload }) => [
  company,
  ...sites,
  ...lines,
  ...macs,
  group,
  layout,
  upload,
])
const known = [
  ...texts,
  'polycom/vvx-450',
  'yealink/t54w',
  '80:5e:c0:bb:00:01',
  '2030-01-01',
  'interception',
  '1',
  '3899',
]

const params = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...known) },
  { weight: 1, arbitrary: oddText },
)

interface Request {
  /** Of the operation. */
  readonly id: string
  readonly method: string
  readonly guarded: boolean
  readonly path: string
  readonly body: unknown
  readonly as: string
  readonly matching: boolean
}

/** Where somebody listens on and on, no answer ends. */
const ending = routes.filter(
  ({ answer }) => !(answer && 'contentType' in answer && /event/.test(answer.contentType)),
)

function requestTo(route: Route): fc.Arbitrary<Request> {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const schema = route.body && z.toJSONSchema(route.body, { unrepresentable: 'any', io: 'input' })
  const fits = schema ? valuesOf(schema as Parameters<typeof valuesOf>[0], known) : fc.constant(undefined)
  const query = route.query ? z.toJSONSchema(route.query, { unrepresentable: 'any', io: 'input' }) : {}
  return fc
    .record({
      places: fc.array(params, { minLength: names.length, maxLength: names.length }),
      query: fc.oneof(fc.constant({}), valuesOf(query as Parameters<typeof valuesOf>[0], known)),
      body: fc.oneof(
        fits,
        fits.chain((value) => (value === undefined ? fc.constant(value) : harmed(value))),
      ),
      as: fc.constantFrom('operator', 'operator', 'manager', 'installer', 'user', 'nobody'),
      matching: fc.boolean(),
    })
    .map(({ places, query, body, as, matching }) => {
      const path = names.reduce(
        (made, name, i) => made.replace(`{${name}}`, encodeURIComponent(wellFormed(places[i] ?? ''))),
        route.path,
      )
      const asked = Object.entries(typeof query === 'object' && query !== null ? query : {}).map(
        ([name, value]) =>
          `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(String(value)))}`,
      )
      return {
        id: route.id,
        method: route.method.toUpperCase(),
        guarded: route.guarded !== undefined,
        path: `${path}${asked.length > 0 ? '?' : ''}${asked.join('&')}`,
        body,
        as,
        matching,
      }
    })
}

test(
  'whatever an operation is asked, it does it or says with a code why not',
  async () => {
    let done = 0
    await fuzz(
      fc.constantFrom(...ending).chain(requestTo),
      async ({ method, guarded, path, body, as, matching }) => {
        const etag = matching && guarded ? (await api.ask('GET', path, { as })).etag : undefined
        const answer = await api.ask(method, path, {
          as,
          ...(body === undefined || method === 'GET' ? {} : { body }),
          ...(etag === undefined ? {} : { headers: { 'If-Match': etag } }),
        })
        expect(api.faults).toEqual([])
        expect(answer.status).toBeLessThan(500)
        if (answer.status < 300) done++
        else {
          expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
          expectDocumented(answer.body)
          expectNoInsides(answer.text)
        }
      },
      {
        // Much of what was there is gone by now.
        async after() {
          expect((await api.store.examine(() => {})).flaws).toEqual([])
          await api.close()
          api = await servingWhole()
        },
        atATime: 400,
      },
    )
    expect(done).toBeGreaterThan(20)
  },
  patience,
)
