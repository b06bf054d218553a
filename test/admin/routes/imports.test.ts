import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importRoutes } from '../../../src/admin/routes/imports.ts'
import { beginImport, importsEnded, writingOf } from '../../../src/admin/routes/imports-runner.ts'
import { fits, people, servingFleet } from '../helpers/fleet.ts'
import { operator } from '../helpers/serving.ts'

const routeOf = (id: string) => importRoutes.find((route) => route.id === id)

let api: Awaited<ReturnType<typeof servingFleet>>
beforeEach(async () => {
  api = await servingFleet(importRoutes)
})
afterEach(() => api.close())

const headers = { 'Content-Type': 'text/csv' }
const send = (body: string, query = '', as = 'manager') =>
  api.ask('POST', `/imports${query}`, { as, body, headers })
const head = 'company;number;kind;site;lastName;mac;model\n'
const good = 'Toine Immo;+33483050301;fixed;Grasse;New;64:16:7f:00:03:01;polycom/vvx-450\n'
const bad = 'Toine Immo;+33483050302;fixed;Mars;B;;\n'
const isThere = async () => (await api.store.findLine('+33483050301')) !== undefined

describe('an import', () => {
  it('tells every row on a dry run, and does nothing', async () => {
    const { status, body } = await send(head + good + bad, '?dryRun=true')
    expect(status).toBe(200)
    fits(importRoutes[0], body)
    expect(body).toMatchObject({ applied: false, refused: 1 })
    expect(body.rows).toMatchObject([
      { row: 2, result: 'created', device: 'reboot' },
      { row: 3, result: 'refused', problems: [{ code: 'site-unknown', column: 'D', title: 'site' }] },
    ])
    expect(await isThere()).toBe(false)
  })

  it('tells what was read as well when it is asked for, so that it can be corrected', async () => {
    const tooLong = `${'x'.repeat(1001)}\n`
    const { body } = await send(
      `${head.trim()};what\n${good}${bad.trim()};${tooLong}`,
      '?dryRun=true&cells=true',
    )
    fits(importRoutes[0], body)
    const [table] = body.tables
    expect(table.columns.slice(-2)).toEqual([{ title: 'model', field: 'model' }, { title: 'what' }])
    expect(table.rows[0]).toEqual({
      row: 2,
      cells: [
        'Toine Immo',
        '+33483050301',
        'fixed',
        'Grasse',
        'New',
        '64:16:7f:00:03:01',
        'polycom/vvx-450',
        '',
      ],
    })
    expect(table.rows[1].cells.at(-1)).toBeNull()
    expect((await send(head + good, '?dryRun=true')).body.tables).toBeUndefined()
  })

  it('is refused whole, or done without its bad rows', async () => {
    const refused = await send(head + good + bad)
    expect(refused).toMatchObject({ status: 422, body: { code: 'import-refused' } })
    expect(refused.body.problems).toMatchObject([{ path: 'lines row 3, column D (site)' }])
    expect(await isThere()).toBe(false)
    const done = await send(head + good + bad, '?skipBadRows=true')
    fits(importRoutes[0], done.body)
    expect(done).toMatchObject({ status: 200, body: { applied: true, refused: 1 } })
    expect(await isThere()).toBe(true)
    const [entry] = await api.store.recentAudit(1)
    expect(entry).toMatchObject({ who: 'manager@example.net', source: 'api' })
  })

  it('reaches no company of others, and tells nothing of them', async () => {
    const row = good.replace('Toine Immo', 'Other').replace('Grasse', 'Paris')
    const foreign = await send(head + row)
    expect(foreign.status).toBe(422)
    expect(foreign.body.problems).toMatchObject([{ code: 'company-unknown' }])
    const taken = await send(`${head}${good.replace('+33483050301', '+33144000001')}`)
    expect(taken.status).toBe(422)
    expect(taken.text).toContain('number-taken')
    expect(taken.text).not.toMatch(/Other|Hidden/)
    expect((await send(head + good, '', 'installer')).status).toBe(403)
  })

  it('that is too large is not read', async () => {
    expect((await send('a'.repeat(10 * 1024 * 1024 + 1))).status).toBe(413)
  })
})

describe('an import that goes on by itself', () => {
  const begin = (body: string, query = '', more = {}) =>
    api.ask('POST', `/imports/jobs${query}`, { as: 'manager', body, headers: { ...headers, ...more } })
  const read = (id: number, as = 'manager') => api.ask('GET', `/imports/jobs/${id}`, { as })

  it('answers at once, and tells who began it what came of it', async () => {
    const begun = await begin(head + good)
    expect(begun.status).toBe(201)
    fits(routeOf('startImport'), begun.body)
    const { id } = begun.body
    expect(begun.headers.get('location')).toBe(`/api/v1/imports/jobs/${id}`)
    await importsEnded(api.services)
    const { body } = await read(id)
    fits(routeOf('readImport'), body)
    expect(body).toMatchObject({ state: 'done', rows: 1, result: { applied: true, refused: 0 } })
    expect(body.result.rows).toMatchObject([{ row: 2, result: 'created', device: 'reboot' }])
    expect(await isThere()).toBe(true)
    for (const as of ['colleague', 'stranger', 'operator']) expect((await read(id, as)).status).toBe(404)
    expect((await read(id, 'installer')).status).toBe(403)
  })

  it('that fails says why, and has written nothing', async () => {
    const { body } = await begin(head + good + bad)
    const damaged = await begin('number;name\n+33483050173;"A\n')
    const tried = await begin(head + good + bad, '?dryRun=true')
    await importsEnded(api.services)
    const failed = (await read(body.id)).body
    fits(routeOf('readImport'), failed)
    expect(failed).toMatchObject({
      state: 'failed',
      rows: 2,
      failure: { code: 'import-refused', problems: [{ path: 'lines row 3, column D (site)' }] },
    })
    expect((await read(damaged.body.id)).body).toMatchObject({ failure: { code: 'csv-syntax' } })
    expect((await read(tried.body.id)).body).toMatchObject({ state: 'done', result: { applied: false } })
    expect(await isThere()).toBe(false)
  })

  it('tells how much is written', async () => {
    const row = (i: number) => `Toine Immo;+3348306${String(i).padStart(4, '0')};fixed;Grasse;N${i};;\n`
    const { body } = await begin(head + Array.from({ length: 1200 }, (_, i) => row(i)).join(''))
    const seen: number[] = []
    let ended = false
    void importsEnded(api.services).then(() => {
      ended = true
    })
    while (!ended) {
      const at = writingOf(api.services, body.id)
      if (at) seen.push(at.done / at.total)
      await nextTurn()
    }
    expect(new Set(seen).size).toBeGreaterThan(1)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect((await read(body.id)).body).toMatchObject({ state: 'done', rows: 1200 })
  })

  it('is begun once for one key, and not while too many wait', async () => {
    const key = { 'Idempotency-Key': 'import-4711' }
    const first = await begin(head + good, '', key)
    expect((await begin(head + good, '', key)).body.id).toBe(first.body.id)
    expect((await begin(head + bad, '', key)).body.code).toBe('idempotency-key-reused')
    await importsEnded(api.services)
    const call = { who: people.manager ?? operator, query: {}, services: api.services, requestId: 'r' }
    const wanted = { call, owner: 'person:2', bytes: Buffer.from(head + good) }
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => beginImport(api.services, wanted)))
    const refused = all.filter(({ status }) => status === 'rejected')
    expect(refused).toMatchObject([{ reason: { status: 503, code: 'imports-waiting' } }])
  })
})

describe('a sheet', () => {
  it('has what the caller may see, and changes nothing when it comes back', async () => {
    for (const kind of ['lines', 'keys']) {
      const sheet = await api.ask('GET', `/imports/sheet?format=csv&kind=${kind}`, { as: 'manager' })
      expect(sheet.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(sheet.text).toContain('+33483050173')
      expect(sheet.text).not.toContain('+33144000001')
      const { body } = await send(sheet.text, '?dryRun=true')
      expect(new Set(body.rows.map(({ result }: { result: string }) => result))).toEqual(
        new Set(['unchanged']),
      )
    }
  })

  it('is a template or a workbook when asked', async () => {
    const template = await api.ask('GET', '/imports/sheet?format=csv&template=true', { as: 'manager' })
    expect(template.text).toMatch(/Société;Numéro;Nature/)
    const workbook = await api.ask('GET', '/imports/sheet', { as: 'manager' })
    expect(workbook.headers.get('content-type')).toContain('spreadsheetml')
    expect(workbook.text.slice(0, 2)).toBe('PK')
  })
})
