import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { problemSchema } from '../../src/admin/http/openapi.ts'
import { ours, servingWhole } from './helpers/whole.ts'

let api: Awaited<ReturnType<typeof servingWhole>>
let before: string

const keysPath = `/lines/${ours.lines[0]}/keys`

async function everything(): Promise<string> {
  const fleet = await api.store.readFleet({ secrets: true })
  return JSON.stringify([fleet, await api.store.keyLayouts.list(ours.company)])
}

beforeAll(async () => {
  api = await servingWhole()
})
beforeEach(async () => {
  before = await everything()
})
afterEach(async () => {
  expect(await everything()).toBe(before)
  expect(api.faults).toEqual([])
})
afterAll(() => api.close())

function socket(): Socket {
  const { hostname, port } = new URL(api.address)
  return connect(Number(port), hostname)
}

/** Sends bytes as they are, and hears until the server has said all it has to say. */
async function raw(...pieces: (string | Buffer)[]): Promise<Heard> {
  const connection = socket()
  let heard = ''
  connection.on('data', (piece) => (heard += piece))
  // A server that refuses may close while much is still on its way to it.
  connection.on('error', () => {})
  for (const piece of pieces) connection.write(piece)
  await once(connection, 'close')
  const [head = '', body = ''] = heard.split(/\r\n\r\n(.*)/s)
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, body }
}

interface Heard {
  readonly status: number
  readonly head: string
  readonly body: string
}

const post = (length: number | string, path = `${keysPath}/check`) =>
  [
    `POST /api/v1${path} HTTP/1.1`,
    'Host: bootline',
    'Authorization: Bearer manager',
    'Content-Type: application/json',
    typeof length === 'number' ? `Content-Length: ${length}` : length,
    'Connection: close',
    '',
    '',
  ].join('\r\n')

const sent = (body: string | Buffer) => raw(post(Buffer.byteLength(body)), body)

function expectProblem({ status, head, body }: Heard, wanted: number, code: string): void {
  expect({ status, body }).toEqual({ status: wanted, body: expect.stringContaining(`"code":"${code}"`) })
  expect(head).toMatch(/^content-type: application\/problem\+json/im)
  const problem = problemSchema.parse(JSON.parse(body))
  expect(problem.status).toBe(wanted)
  expect(problem.detail).not.toBe('')
  expect(problem.remedy).not.toBe('')
  expect(body).not.toMatch(/node_modules|\.ts:\d|at \w+ \(/)
}

describe('a body that cannot be', () => {
  const cases: readonly (readonly [string, string | Buffer, number, string])[] = [
    ['is nothing', '', 400, 'body-unfit'],
    ['is no JSON', '{"supervision":', 400, 'body-unfit'],
    ['is two of JSON', '{}{}', 400, 'body-unfit'],
    ['is of another type', '[]', 422, 'input-unfit'],
    ['is null', 'null', 422, 'input-unfit'],
    ['has a number for a text', '{"supervision":[33483050188]}', 422, 'input-unfit'],
    ['has a text for a list', '{"supervision":"+33483050188"}', 422, 'input-unfit'],
    ['has a field that is none', '{"supervision":[],"surveillance":[]}', 422, 'input-unfit'],
    ['has a field twice', '{"supervision":[],"supervision":["+33483050188"]}', 400, 'body-unfit'],
    ['has it twice, once escaped', '{"supervision":[],"s\\u0075pervision":[]}', 400, 'body-unfit'],
    ['has __proto__', '{"__proto__":{"shortcuts":[]}}', 400, 'body-unfit'],
    ['has it escaped', '{"\\u005f_proto__":{}}', 400, 'body-unfit'],
    ['has constructor', '{"constructor":{"prototype":{"x":1}}}', 400, 'body-unfit'],
    ['is deep', `${'['.repeat(5000)}${']'.repeat(5000)}`, 400, 'body-unfit'],
    ['is as deep as it is long', '{"a":'.repeat(40_000), 400, 'body-unfit'],
    ['is not UTF-8', Buffer.from('{"supervision":["\xff\xfe"]}', 'latin1'), 400, 'body-unfit'],
    ['has half a character', Buffer.from([0x22, 0xc3, 0x22]), 400, 'body-unfit'],
  ]

  test.each(cases)('%s', async (_what, body, status, code) => {
    expectProblem(await sent(body), status, code)
  })

  test('a field that is none is named, and what there is', async () => {
    const { body } = await sent('{"supervison":[]}')
    expect(JSON.parse(body).problems).toEqual([expect.objectContaining({ path: 'supervison' })])
  })

  test('as a form', async () => {
    const form = post(3).replace('application/json', 'application/x-www-form-urlencoded')
    expectProblem(await raw(form, 'a=b'), 415, 'content-type-unfit')
  })
})

describe('more than there may be', () => {
  test('a body whose length says so is not waited for', async () => {
    expectProblem(await raw(post(10_000_000_000)), 413, 'body-too-large')
  })

  test('a body that goes on and on ends where it is too large, and is not kept', async () => {
    const connection = socket()
    connection.on('error', () => {})
    let heard = ''
    connection.on('data', (piece) => (heard += piece))
    connection.write(post('Transfer-Encoding: chunked'))
    const chunk = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`
    const happens = (event: string) => new Promise((resolve) => connection.once(event, resolve))
    const closed = happens('close')
    let written = 0
    const held = process.memoryUsage().arrayBuffers
    while (heard === '' && written < 512 * 1024 * 1024) {
      written += 65_536
      if (!connection.write(chunk)) await Promise.race([happens('drain'), closed])
    }
    await closed
    expect(heard).toContain('"code":"body-too-large"')
    expect(written).toBeLessThan(64 * 1024 * 1024)
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(32 * 1024 * 1024)
  })

  test('headers without end', async () => {
    const flood = Array.from({ length: 5000 }, (_, i) => `X-${i}: ${'x'.repeat(100)}`).join('\r\n')
    expect((await raw(`GET /api/v1/lines HTTP/1.1\r\nHost: b\r\n${flood}\r\n\r\n`)).status).toBe(431)
  })

  test('an address without end', async () => {
    const { status } = await raw(
      `GET /api/v1/lines?search=${'x'.repeat(100_000)} HTTP/1.1\r\nHost: b\r\n\r\n`,
    )
    expect(status).toBe(431)
  })

  test('a query of many fields, and one that is there twice', async () => {
    const many = Array.from({ length: 1500 }, (_, i) => `f${i}=1`).join('&')
    for (const query of [many, 'limit=1&limit=2', 'limit=1e9', 'limit=-1', '__proto__=1', 'limit[]=1']) {
      const { status, headers, body } = await api.ask('GET', `/lines?${query}`, { as: 'manager' })
      expect({ query: query.slice(0, 20), status, code: body.code }).toEqual({
        query: query.slice(0, 20),
        status: 400,
        code: 'input-unfit',
      })
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
    }
  })
})

describe('whoever does not end', () => {
  test('half a body holds nobody else up, and nothing is done of it', async () => {
    const half = socket()
    half.on('error', () => {})
    half.write(`${post(1000, keysPath).replace('POST', 'PUT')}{"supervision":[`)
    await once(half, 'connect')
    expect((await api.ask('GET', keysPath, { as: 'manager' })).status).toBe(200)
    half.destroy()
    await once(half, 'close')
  })

  test('a body that comes letter by letter is read to its end', async () => {
    const body = '{"supervision":[],"shortcuts":[]}'
    const heard = await raw(post(body.length), ...body)
    expect(heard.status).toBe(200)
  })

  test('what is no HTTP gets an end', async () => {
    expect((await raw('\u0016\u0003\u0001\u0002\u0000\r\n\r\n')).status).toBe(400)
  })

  test('two lengths are one too many', async () => {
    const two = post(2).replace('Content-Length: 2', 'Content-Length: 2\r\nTransfer-Encoding: chunked')
    expect((await raw(two, '{}')).status).toBe(400)
  })
})

describe('an address that cannot be', () => {
  test.each(['/lines/%ff', '/lines/%00', '/companies/..%2f..%2fetc', '/devices/%', '/companies/%E0%A4%A'])(
    '%s',
    async (path) => {
      const heard = await raw(
        `GET /api/v1${path} HTTP/1.1\r\nHost: b\r\nAuthorization: Bearer operator\r\nConnection: close\r\n\r\n`,
      )
      const isReadable = heard.status === 404
      expectProblem(heard, isReadable ? 404 : 400, isReadable ? 'not-found' : 'address-unfit')
    },
  )

  test.each(['"a", "b"', '*', 'W/"a"', 'a', '""'])('If-Match: %s', async (tag) => {
    const { status, body } = await api.ask('PUT', keysPath, { body: {}, headers: { 'If-Match': tag } })
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'if-match-unfit' })
  })
})

test('two managers change the same keys: the second is told what the first did, and nothing of his is done', async () => {
  const { etag = '', body: read } = await api.ask('GET', keysPath, { as: 'manager' })
  const save = (body: object, as: string, ifMatch = etag) =>
    api.ask('PUT', keysPath, { as, body, headers: { 'If-Match': ifMatch } })
  const [first, second] = await Promise.all([
    save({ supervision: [], shortcuts: read.shortcuts }, 'manager'),
    save({ supervision: read.supervision, shortcuts: [] }, 'operator'),
  ])
  const [won, lost] = first.status === 200 ? [first, second] : [second, first]
  expect([won.status, lost.status]).toEqual([200, 412])
  expect(lost.body.code).toBe('changed-since')
  expect(lost.body.current).toEqual({ supervision: won.body.supervision, shortcuts: won.body.shortcuts })
  expect(lost.body.difference.map(({ field }: { field: string }) => field).toSorted()).toEqual([
    'shortcuts',
    'supervision',
  ])
  expect(lost.headers.get('etag')).toBe(won.etag)
  const back = { supervision: read.supervision, shortcuts: read.shortcuts }
  expect((await save(back, 'operator', lost.headers.get('etag') ?? '')).status).toBe(200)
})

test('whoever comes second is shown what differs, and not how he writes it', async () => {
  const headers = { 'If-Match': '"another"' }
  const line = `/lines/${ours.lines[0]}`
  const written = {
    supervision: ['04 83 05 01 88'],
    shortcuts: [{ number: '06 13 45 67 82', label: 'Other' }],
  }
  const keys = await api.ask('PUT', `${line}/keys`, { body: written, headers })
  expect(keys.status).toBe(412)
  expect(keys.body.difference.map(({ field }: { field: string }) => field)).toEqual(['shortcuts'])
  const moved = { model: 'polycom/vvx-250', mac: '64-16-7F-B2-69-D6' }
  const equipment = await api.ask('PUT', `${line}/equipment`, { body: moved, headers })
  expect(equipment.status).toBe(412)
  expect(equipment.body.difference).toEqual([
    { field: 'model', was: 'polycom/vvx-450', is: 'polycom/vvx-250' },
  ])
})
