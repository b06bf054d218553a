import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importRoutes } from '../../../src/admin/routes/imports.ts'
import { fits, servingFleet } from '../helpers/fleet.ts'

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
