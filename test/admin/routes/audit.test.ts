import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { applyEntries } from '../../../src/fleet/apply.ts'
import { readEntries } from '../../../src/fleet/entries.ts'
import { aubert, servingDevices, vvx } from '../helpers/devices.ts'

let api: Awaited<ReturnType<typeof servingDevices>>

beforeAll(async () => {
  api = await servingDevices()
  const change = readEntries({
    companies: [
      {
        name: 'Toine Immo',
        lines: [{ number: '+33483050173', kind: 'fixed', site: 'Grasse', lastName: '=cmd|"Biel, 100%_"' }],
      },
    ],
  })
  await applyEntries(api.store, change, catalogue, { who: { name: '=ana', source: 'cli' }, prune: false })
  for (const mac of [vvx, aubert]) await api.ask('POST', `/devices/${mac}/window`)
})
afterAll(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

const items = async (query: string, as = 'operator') =>
  (await api.ask('GET', `/audit?limit=500&${query}`, { as })).body.items

test('is searched by text, person, company, thing and time', async () => {
  const [renamed] = await items('who=%3Dana')
  expect(renamed).toMatchObject({ what: 'line', subject: '+33483050173', action: 'changed', source: 'cli' })
  expect(renamed.before.lastName).toBe('Biel')
  expect(await items(`search=${encodeURIComponent('biel, 100%_')}`)).toEqual([renamed])
  expect(await items(`search=${encodeURIComponent('biel, 100_%')}`)).toEqual([])
  expect((await items('what=device')).map(({ subject }: { subject: string }) => subject)).toEqual([
    aubert,
    vvx,
  ])
  expect(await items(`what=device&to=${new Date(api.clock.now).toISOString()}`)).toEqual([])
  const future = new Date(api.clock.now + 3_600_000).toISOString()
  expect(await items(`from=${future}`)).toEqual([])
  expect((await api.ask('GET', '/audit?from=yesterday')).status).toBe(400)
})

test('comes newest first, by pages, each entry once', async () => {
  const all = await items('')
  const pages: unknown[] = []
  for (let next: string | undefined = ''; next !== undefined; ) {
    const { body } = await api.ask('GET', `/audit?limit=5${next && `&after=${next}`}`)
    pages.push(...body.items)
    next = body.next
  }
  expect(pages).toEqual(all)
  const ids = all.map(({ id }: { id: number }) => id)
  expect(ids).toEqual(ids.toSorted((a: number, b: number) => b - a))
})

test('of other companies is read by nobody, whatever he asks for', async () => {
  const companies = async (as: string, query = '') => [
    ...new Set((await items(query, as)).map(({ company }: { company: string }) => company)),
  ]
  expect(await companies('manager')).toEqual(['Toine Immo'])
  expect(await companies('stranger')).toEqual(['Menuiserie Aubert'])
  expect(await companies('stranger', 'company=Toine%20Immo')).toEqual([])
  expect((await api.ask('GET', '/audit', { as: 'installer' })).status).toBe(403)
  const file = await api.ask('GET', '/audit/export?format=jsonl', { as: 'stranger' })
  expect(file.text).not.toContain('Toine Immo')
})

test('is fetched whole, as lines of JSON and as CSV that no spreadsheet carries out', async () => {
  const all = await items('')
  const jsonl = await api.ask('GET', '/audit/export?format=jsonl')
  expect(jsonl.headers.get('content-type')).toBe('application/jsonl; charset=utf-8')
  expect(
    jsonl.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(all)
  const csv = await api.ask('GET', '/audit/export?who=%3Dana')
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
  const [head, row] = csv.text.split('\r\n')
  expect(head).toBe('id,change,at,who,source,what,company,subject,action,before,after')
  expect(row).toContain(`,'=ana,cli,line,Toine Immo,+33483050173,changed,"{""number""`)
})

test('changes by no operation, and never holds a password', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    expect((await api.ask(method, '/audit', { body: {} })).status).toBe(404)
  const { text } = await api.ask('GET', '/audit/export?format=jsonl')
  const fleet = await api.store.readFleet({ secrets: true })
  const passwords = fleet.flatMap(({ lines }) => lines.flatMap(({ sip }) => sip?.password ?? []))
  expect(passwords.length).toBeGreaterThan(10)
  for (const password of passwords) expect(text).not.toContain(password)
})
