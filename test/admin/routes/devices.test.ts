import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aubert, base, delivery, minute, servingDevices, t54w, vvx, vvx250 } from '../helpers/devices.ts'

let api: Awaited<ReturnType<typeof servingDevices>>

beforeAll(async () => {
  api = await servingDevices()
  const { devices, reboots } = api.store
  for (const mac of [vvx, t54w, vvx250]) await devices.closeWindow(mac, api.clock.now + minute)
  await reboots.order({ macs: [vvx], dueAt: api.clock.now, who: 'ana', at: api.clock.now })
  await reboots.cancel([vvx], 'ana', api.clock.now)
  const at = api.clock.now - 30 * minute
  await devices.saveRevisions([
    { mac: vvx, revision: 'r1', at: at - minute },
    { mac: t54w, revision: 'r1', at: at - minute },
  ])
  await devices.recordDeliveries([
    delivery(vvx, at, { revision: 'r1', completes: 'r1', userAgent: 'Phone 6.4', version: '6.4' }),
    delivery(t54w, at, { revision: 'r0', source: '192.0.2.8' }),
    delivery(vvx250, at, { status: 401, complete: false, bytes: 0, why: 'credentials-wrong' }),
  ])
})
afterAll(async () => {
  await api.close()
  expect(api.faults).toEqual([])
})

const macs = (body: { items: { mac: string }[] }) => body.items.map(({ mac }) => mac)

describe('a list of devices', () => {
  test('is narrowed by how they are', async () => {
    const of = async (query: string) => macs((await api.ask('GET', `/devices?${query}`)).body)
    expect(await of('standing=in-sync')).toEqual([vvx])
    expect(await of('standing=behind')).toEqual([t54w])
    expect(await of('standing=turned-away')).toEqual([vvx250])
    expect(await of('alarm=turned-away')).toEqual([vvx250])
    expect(await of('model=yealink/w60b')).toEqual([base])
    expect(await of('company=Menuiserie%20Aubert&standing=never-seen')).toContain(aubert)
    expect(await of('company=Nobody')).toEqual([])
  })

  test('is searched by what its lines are called, by their numbers, and by MAC in any writing', async () => {
    const of = async (search: string, as = 'operator') =>
      macs((await api.ask('GET', `/devices?search=${encodeURIComponent(search)}`, { as })).body)
    expect(await of('BIEL steph')).toEqual([vvx])
    expect(await of('04 83 05 01 73')).toEqual([vvx])
    expect(await of('7F-B2-69-D6')).toEqual([vvx])
    expect(await of('nobody at all')).toEqual([])
    expect(await of('biel', 'stranger')).toEqual([])
  })

  test('comes in pages, in the order of the addresses, each device once', async () => {
    const whole = macs((await api.ask('GET', '/devices')).body)
    const pages: string[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { body } = await api.ask('GET', `/devices?limit=3${next && `&after=${next}`}`)
      pages.push(...macs(body))
      next = body.next
    }
    expect(pages).toEqual(whole)
    expect(whole).toEqual([...new Set(whole)].sort())
  })

  test('never looks beyond what somebody reaches', async () => {
    const seen = async (as: string) => macs((await api.ask('GET', '/devices', { as })).body)
    expect(await seen('stranger')).toEqual([aubert, '00908f602aac'])
    expect(await seen('manager')).not.toContain(aubert)
    expect(await seen('manager')).toContain(t54w)
    expect(await seen('installer')).toContain(t54w)
    expect(await seen('elsewhere')).toEqual([])
    expect(await seen('user')).toEqual([vvx])
    const other = await api.ask('GET', '/devices?company=Menuiserie%20Aubert', { as: 'manager' })
    expect(other.body.items).toEqual([])
  })
})

describe('a device', () => {
  test('tells what it should have, what it has, and the way between', async () => {
    const { body } = await api.ask('GET', '/devices/64:16:7F:B2:69:D6')
    expect(body).toMatchObject({
      mac: vvx,
      label: 'Polycom VVX 450',
      company: 'Toine Immo',
      site: 'Grasse',
      lines: [{ number: '+33483050173', port: 1, name: 'Stéphane Biel' }],
      standing: 'in-sync',
      wanted: { revision: 'r1' },
      delivered: { revision: 'r1' },
      firmware: '6.4',
      loop: { step: 'in-sync', fetchedAt: new Date(api.clock.now - 30 * minute).toISOString() },
    })
  })

  test('tells its account’s name to who manages it, and its password to nobody', async () => {
    const account = (await api.store.devices.deviceState(vvx))?.account
    const asked = await api.ask('GET', `/devices/${vvx}`, { as: 'manager' })
    expect(asked.body.account).toBe(account?.user)
    expect(asked.text).not.toContain(account?.password)
    for (const as of ['installer', 'user'])
      expect((await api.ask('GET', `/devices/${vvx}`, { as })).body.account).toBeUndefined()
  })

  test('of somebody else is as unknown as one that there is not', async () => {
    const status = async (mac: string, as: string) => (await api.ask('GET', `/devices/${mac}`, { as })).status
    expect(await status(aubert, 'manager')).toBe(404)
    expect(await status('805ec0ffffff', 'manager')).toBe(404)
    expect(await status('no-address', 'operator')).toBe(404)
    expect(await status(vvx, 'elsewhere')).toBe(403)
    expect(await status(t54w, 'user')).toBe(403)
  })

  test('of several lines is there for the users of all of them', async () => {
    for (const path of [`/devices/${base}`, `/devices/${base}/story`])
      expect((await api.ask('GET', path, { as: 'handset' })).status).toBe(200)
    expect((await api.ask('GET', `/devices/${base}/files`, { as: 'handset' })).status).toBe(403)
    expect((await api.ask('GET', `/devices/${base}`, { as: 'user' })).status).toBe(403)
  })

  test('has a story of its starts, and of who was turned away', async () => {
    const { body } = await api.ask('GET', `/devices/${vvx250}/story`)
    expect(body.boots).toHaveLength(1)
    expect(body.boots[0]).toMatchObject({
      sources: ['192.0.2.7'],
      refused: [{ why: 'credentials-wrong', reason: expect.stringMatching(/factory reset/) }],
      isWhole: false,
    })
    const good = await api.ask('GET', `/devices/${vvx}/story`)
    expect(good.body.boots[0]).toMatchObject({
      given: [`${vvx}.cfg`],
      isWhole: true,
      revision: { id: 'r1', isWanted: true },
    })
    expect(good.body.events).toMatchObject([
      { what: 'cancelled', who: 'ana' },
      { what: 'queued', who: 'ana' },
    ])
  })

  test('shows its files to managers, without a password', async () => {
    const { body, text } = await api.ask('GET', `/devices/${t54w}/files`, { as: 'manager' })
    expect(body.items.length).toBeGreaterThan(0)
    const [company] = await api.store.readFleet({ companies: ['Toine Immo'], secrets: true })
    const line = company?.lines.find(({ equipment }) => equipment?.mac === t54w)
    expect(line?.sip?.password).toMatch(/^\w{24}$/)
    expect(text).not.toContain(line?.sip?.password)
    expect(text).toContain('33483050175')
    expect((await api.ask('GET', `/devices/${t54w}/files`, { as: 'installer' })).status).toBe(403)
  })

  test('compares what it should have with what it took last, once that is kept', async () => {
    const nothing = await api.ask('GET', `/devices/${vvx}/changes`, { as: 'manager' })
    expect(nothing.body).toEqual({ wanted: 'r1', items: [] })
    const wanted = (await api.services.filesOf(vvx)) ?? []
    const files = wanted.map((file) => ({ ...file, body: file.body.replaceAll('Biel', 'Bielle') }))
    const taking = { mac: vvx, company: 'Toine Immo', revision: 'r1', at: api.clock.now + minute }
    await api.store.devices.saveTaken([{ ...taking, files }])
    const { body } = await api.ask('GET', `/devices/${vvx}/changes`, { as: 'manager' })
    expect(body.taken).toEqual({
      revision: 'r1',
      at: new Date(api.clock.now + minute).toISOString(),
      isLatest: true,
    })
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(wanted.map(({ name }) => name))
    const changed = body.items.filter((item: { changed: boolean }) => item.changed)
    expect(changed.length).toBeGreaterThan(0)
    for (const { unified, lines } of changed) {
      expect(unified).toMatch(/^--- .+\n\+\+\+ .+\n@@ /)
      expect(lines[0]).toEqual({ sign: '-', text: expect.stringContaining('Bielle') })
    }
    expect((await api.ask('GET', `/devices/${vvx}/changes`, { as: 'installer' })).status).toBe(403)
  })
})

describe('what a device sent', () => {
  const name = `${vvx}-app.log`

  beforeAll(() => api.uploads.save(vvx, 'log', name, Buffer.from('<script>alert(1)</script>\u001b[2J')))

  test('is listed, and fetched as a file that no browser opens', async () => {
    const { body } = await api.ask('GET', `/devices/${vvx}/uploads`, { as: 'manager' })
    expect(body.items).toMatchObject([{ name, kind: 'log', bytes: 29 }])
    const file = await api.ask('GET', `/devices/${vvx}/uploads/${name}`, { as: 'manager' })
    expect(file.text).toBe('<script>alert(1)</script>\u001b[2J')
    expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
    expect(file.headers.get('content-disposition')).toMatch(new RegExp(`^attachment; filename="${name}"`))
  })

  test('is no way to another file', async () => {
    for (const other of ['..%2Fbootline.key', 'log~x', '%00', `${vvx250}-app.log`])
      expect((await api.ask('GET', `/devices/${vvx}/uploads/${other}`)).status).toBe(404)
    expect((await api.ask('GET', `/devices/${vvx250}/uploads/${name}`)).status).toBe(404)
    expect((await api.ask('GET', `/devices/${vvx}/uploads`, { as: 'stranger' })).status).toBe(404)
  })
})

describe('a window', () => {
  test('opens with another account, and closes again; both are in the audit', async () => {
    const before = (await api.store.devices.deviceState(base))?.account
    const opened = await api.ask('POST', `/devices/${base}/window`, { as: 'installer' })
    expect(opened.body.window.until).toBe(new Date(api.clock.now + 72 * 60 * minute).toISOString())
    const state = await api.store.devices.deviceState(base)
    expect(state?.account?.password).not.toBe(before?.password)
    expect(api.clock.nudges).toBeGreaterThan(0)
    const generation = await api.store.generation()
    expect((await api.ask('DELETE', `/devices/${base}/window`, { as: 'installer' })).status).toBe(204)
    const closed = await api.store.devices.deviceState(base)
    expect(closed?.window).toBeUndefined()
    // Its files are the same, and whoever serves it reads it again.
    expect(closed?.generation).toBe(state?.generation)
    expect((await api.store.devices.changedSince(generation)).macs).toContain(base)
    const again = await api.ask('DELETE', `/devices/${base}/window`)
    expect([again.status, again.body.code]).toEqual([409, 'window-not-open'])
    const { body } = await api.ask('GET', `/audit?subject=${base}&limit=2`)
    expect(body.items.map(({ who, after }: { who: string; after: unknown }) => [who, after])).toEqual([
      ['installer@example.net', { window: 'closed' }],
      ['installer@example.net', { window: 'opened', account: 'changed' }],
    ])
  })
})
