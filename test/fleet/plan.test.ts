import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dump } from 'js-yaml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { applyEntries } from '../../src/fleet/apply.ts'
import { changeOfLines, findOneLine } from '../../src/fleet/change-line.ts'
import { readEntries } from '../../src/fleet/entries.ts'
import { exportFleet, toYaml } from '../../src/fleet/export.ts'
import { FleetFailure } from '../../src/fleet/failure.ts'
import { parseFleetText } from '../../src/fleet/parse.ts'
import { type FleetPlan, planEntries } from '../../src/fleet/plan.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../store/databases.ts'

const who = { name: 'test', source: 'test' }
let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootline-plan-'))
  store = await openStore({ folder })
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const entriesOf = (file: unknown) => readEntries(parseFleetText(Buffer.from(dump(file))))
const plan = (file: unknown, prune = false) => planEntries(store, entriesOf(file), catalogue, { prune })
const apply = (file: unknown, prune = false, agreed?: FleetPlan) =>
  applyEntries(store, entriesOf(file), catalogue, { who, prune, ...(agreed ? { agreed } : {}) })
const exported = async (secrets = false) => toYaml(exportFleet(await store.readFleet({ secrets }), catalogue))
const line = (number: string, fields: object = {}) => ({ number, kind: 'fixed', site: 'S', ...fields })
const company = (lines: object[], fields: object = {}) => ({
  companies: [{ name: 'A', sip: { domain: 'sip.example.net' }, sites: [{ name: 'S' }], lines, ...fields }],
})
const vvx = { model: 'polycom/vvx-450', mac: '64:16:7f:b2:69:d6' }
const problemsOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof FleetFailure)) throw new Error('nothing was refused')
  return error.problems.map(({ code, path }) => `${code} ${path}`)
}
const password = async (number: string) => {
  const [{ lines = [] } = {}] = await store.readFleet({ secrets: true })
  return lines.find((line) => line.number === number)?.sip?.password
}

describe('export and apply', () => {
  it('are each other’s undoing, byte for byte, pruned or not, with secrets or without', async () => {
    await applyEntries(
      store,
      readEntries(parseFleetText(await readFile('examples/toine-immo.yaml'))),
      catalogue,
      { who, prune: false },
    )
    for (const secrets of [false, true]) {
      const text = await exported(secrets)
      for (const prune of [false, true]) {
        const again = await applyEntries(store, readEntries(parseFleetText(Buffer.from(text))), catalogue, {
          who,
          prune,
        })
        expect(again.diff).toEqual([])
        expect(await exported(secrets)).toBe(text)
      }
    }
  })

  it('move a fleet to another server with its passwords', async () => {
    await apply(company([line('+33100000001')]))
    const text = await exported(true)
    const other = await openStore({ folder: join(folder, 'other') })
    try {
      await applyEntries(other, readEntries(parseFleetText(Buffer.from(text))), catalogue, {
        who,
        prune: false,
      })
      expect(await other.readFleet({ secrets: true })).toEqual(await store.readFleet({ secrets: true }))
    } finally {
      await other.close()
    }
  })
})

describe('what a file leaves out', () => {
  beforeEach(() =>
    apply(
      company([
        line('+33100000001', {
          firstName: 'Ada',
          email: 'a@example.net',
          equipment: vvx,
          keys: { shortcuts: ['interception'] },
        }),
        line('+33100000002'),
      ]),
    ),
  )

  it('stays', async () => {
    const { diff } = await apply({
      companies: [{ name: 'A', lines: [line('+33100000001', { lastName: 'King' })] }],
    })
    expect(diff[0]?.lines).toHaveLength(1)
    expect(diff[0]?.lines[0]?.after).toMatchObject({
      firstName: 'Ada',
      lastName: 'King',
      equipment: { mac: '64167fb269d6' },
      keys: { shortcuts: ['interception'] },
    })
  })

  it('goes when it is null', async () => {
    const { diff } = await apply({
      companies: [{ name: 'A', lines: [line('+33100000001', { firstName: null, keys: null })] }],
    })
    expect(diff[0]?.lines[0]?.after).toMatchObject({ keys: { supervision: [], shortcuts: [] } })
    expect(diff[0]?.lines[0]?.after).not.toHaveProperty('firstName')
  })

  it('goes with prune, and the plan says so', async () => {
    const file = company([line('+33100000001')])
    const planned = await plan(file, true)
    expect(planned.diff[0]?.lines.map(({ before, after }) => [before?.number, after?.number])).toEqual([
      ['+33100000002', undefined],
      ['+33100000001', '+33100000001'],
    ])
    expect(planned.impacts).toMatchObject([{ mac: '64167fb269d6', link: 'unlinked' }])
    await apply(file, true, planned)
    expect((await store.readFleet({ secrets: false }))[0]?.lines).toEqual([
      { number: '+33100000001', kind: 'fixed', site: 'S', keys: { supervision: [], shortcuts: [] } },
    ])
  })

  it('a company left out stays without prune and goes with it', async () => {
    const other = { companies: [{ name: 'B', sip: { domain: 'b.example.net' } }] }
    expect((await plan(other)).diff.map(({ name, settings }) => [name, settings?.after?.name])).toEqual([
      ['B', 'B'],
    ])
    expect((await plan(other, true)).diff.map(({ name, settings }) => [name, settings?.after?.name])).toEqual(
      [
        ['A', undefined],
        ['B', 'B'],
      ],
    )
  })
})

describe('equipment', () => {
  const number = '+33100000001'
  const keyed = {
    shortcuts: Array.from({ length: 20 }, (_, i) => ({ number: `${100 + i}`, label: `Key ${i}` })),
  }
  beforeEach(() => apply(company([line(number, { equipment: vvx, keys: keyed })])))
  const change = async (equipment: object | null) =>
    apply({ companies: [{ name: 'A', lines: [line(number, { equipment })] }] })

  it('another MAC keeps the keys and renews the password of the lost phone', async () => {
    const before = await password(number)
    const done = await change({ ...vvx, mac: '64167f000001' })
    expect(done.diff[0]?.lines[0]?.after?.keys.shortcuts).toHaveLength(20)
    expect(done.impacts.map(({ mac, link }) => [mac, link])).toEqual([
      ['64167f000001', 'linked'],
      ['64167fb269d6', 'unlinked'],
    ])
    expect(await password(number)).not.toBe(before)
  })

  it('a smaller model keeps what fits, in order, and says what was dropped', async () => {
    const done = await change({ model: 'polycom/vvx-250' })
    expect(done.diff[0]?.lines[0]?.after?.keys.shortcuts).toEqual(keyed.shortcuts.slice(0, 15))
    expect(done.warnings).toMatchObject([
      { code: 'keys-dropped', wrong: expect.stringContaining('Key 15, Key 16') },
    ])
  })

  it('removed: the keys go and a password made here is renewed', async () => {
    const before = await password(number)
    const done = await change(null)
    expect(done.diff[0]?.lines[0]?.after).toEqual(
      expect.objectContaining({ keys: { supervision: [], shortcuts: [] } }),
    )
    expect(done.renewals).toEqual([{ number, password: 'renewed' }])
    expect(await password(number)).not.toBe(before)
    expect(await password(number)).toMatch(/^[A-Za-z0-9]{20,}$/)
  })

  it('removed: a password given by the operator stays, and the answer says so', async () => {
    await apply({ companies: [{ name: 'A', lines: [line(number, { sip: { password: 'given-by-hand' } })] }] })
    expect((await change(null)).renewals).toEqual([{ number, password: 'kept' }])
    expect(await password(number)).toBe('given-by-hand')
  })

  it('two lines exchange their devices in one file', async () => {
    await apply(company([line(number), line('+33100000002', { equipment: { ...vvx, mac: '64167f000002' } })]))
    const swapped = [
      line(number, { equipment: { ...vvx, mac: '64167f000002' } }),
      line('+33100000002', { equipment: vvx }),
    ]
    const done = await apply({ companies: [{ name: 'A', lines: swapped }] })
    expect(done.impacts.map(({ mac, link, reasons }) => [mac, link, reasons])).toEqual([
      ['64167f000002', 'kept', ['lines changed', 'keys changed']],
      ['64167fb269d6', 'kept', ['lines changed', 'keys changed']],
    ])
  })

  it('moves with its line from one company to another in one pruned file', async () => {
    const file = {
      companies: [
        { name: 'A', sip: { domain: 'sip.example.net' }, sites: [{ name: 'S' }] },
        {
          name: 'B',
          sip: { domain: 'sip.example.net' },
          sites: [{ name: 'S' }],
          lines: [line(number, { equipment: vvx })],
        },
      ],
    }
    const before = await store.devices.deviceState('64167fb269d6')
    const sip = await password(number)
    const done = await apply(file, true)
    expect(done.impacts).toEqual([
      {
        mac: '64167fb269d6',
        model: 'polycom/vvx-450',
        company: 'B',
        link: 'kept',
        urgency: 'reboot',
        reasons: ['moved to another company', 'keys changed'],
        restart: false,
      },
    ])
    const after = await store.devices.deviceState('64167fb269d6')
    expect(after).toMatchObject({ company: 'B', account: before?.account, window: before?.window })
    const [, { lines = [] } = {}] = await store.readFleet({ secrets: true })
    expect(lines[0]?.sip?.password).toBe(sip)
    expect(await store.passwordOrigins([number])).toEqual(new Map([[number, 'server']]))
    expect(
      (await store.readFleet({ secrets: false })).map(({ name, lines }) => [name, lines.length]),
    ).toEqual([
      ['A', 0],
      ['B', 1],
    ])
  })
})

describe('what is refused', () => {
  beforeEach(() =>
    apply(company([line('+33100000001', { email: 'a@example.net', equipment: vvx }), line('+33100000002')])),
  )

  it('changes nothing, and names every fault with its place in the file', async () => {
    const before = await exported(true)
    const file = {
      companies: [
        {
          name: 'B',
          sites: [{ name: 'S' }],
          sip: { domain: 'b.example.net' },
          lines: [
            line('+33100000001'),
            line('+33200000002', { equipment: vvx, keys: { supervision: ['+33100000002'] } }),
            line('+33200000003', { email: 'A@example.net', foo: 1 }),
            line('+33200000004', { email: 'A@example.net' }),
          ],
        },
      ],
    }
    expect(await problemsOf(apply(file))).toEqual([
      'unknown-field companies[0].lines[2].foo',
      'supervised-unknown companies[0].lines[1].keys.supervision[0]',
      'number-taken companies[0].lines[0].number',
      'mac-taken companies[0].lines[1].equipment.mac',
      'email-taken companies[0].lines[3].email',
    ])
    expect(await exported(true)).toBe(before)
  })

  it('does not blame a line for pointing at one that cannot be read', async () => {
    const file = company([
      line('+33200000001', { foo: 1 }),
      line('+33200000002', {
        equipment: { ...vvx, mac: '64167f000009' },
        keys: { supervision: ['+33200000001'] },
      }),
    ])
    expect(await problemsOf(plan(file))).toEqual(['unknown-field companies[0].lines[0].foo'])
  })

  it('removing a supervised line points at who still watches it', async () => {
    const watching = company([
      line('+33100000001', { equipment: vvx, keys: { supervision: ['+33100000002'] } }),
      line('+33100000002'),
    ])
    await apply(watching)
    const without = company([
      line('+33100000001', { equipment: vvx, keys: { supervision: ['+33100000002'] } }),
    ])
    expect(await problemsOf(plan(without, true))).toEqual([
      'supervised-unknown companies[0].lines[0].keys.supervision[0]',
    ])
  })

  it('a site that still has a line cannot go', async () => {
    const file = { companies: [{ name: 'A', sites: [], lines: [line('+33100000001')] }] }
    expect(await problemsOf(plan(file, true))).toEqual(['site-in-use companies[0].lines[0].site'])
  })

  it('a new company needs a SIP domain', async () => {
    expect(await problemsOf(plan({ companies: [{ name: 'C' }] }))).toContain(
      'missing-field companies[0].sip.domain',
    )
  })

  it('the same company twice', async () => {
    expect(await problemsOf(plan({ companies: [{ name: 'A' }, { name: 'A' }] }))).toEqual([
      'name-taken companies[1].name',
    ])
  })

  it('a plan that was overtaken', async () => {
    const file = { companies: [{ name: 'A', lines: [line('+33100000002', { firstName: 'Eve' })] }] }
    const agreed = await plan(file)
    await apply({ companies: [{ name: 'A', lines: [line('+33100000002', { lastName: 'Else' })] }] })
    await expect(apply(file, false, agreed)).rejects.toMatchObject({ code: 'fleet-moved' })
  })
})

describe('a change of single lines', () => {
  beforeEach(() =>
    apply(
      company([
        line('+33100000001', {
          email: 'a@example.net',
          shortNumber: '1001',
          equipment: { model: 'yealink/w60b', mac: '805ec0112233', port: 1 },
        }),
        line('+33100000002', { equipment: { model: 'yealink/w60b', mac: '805ec0112233', port: 2 } }),
      ]),
    ),
  )

  it('finds a line by any of its names', async () => {
    for (const text of ['+33100000001', '01 00 00 00 01', '1001', 'A@example.net'])
      expect((await findOneLine(store, text)).line.number).toBe('+33100000001')
    await expect(findOneLine(store, '80:5e:c0:11:22:33')).rejects.toThrow(/means 2 lines/)
    for (const text of ['+33999999999', '0000', '001', 'example.net', ''])
      await expect(findOneLine(store, text)).rejects.toThrow(/there is no line/)
  })

  it('meets the same rules, told in words of the line', async () => {
    const found = await findOneLine(store, '1001')
    const bad = changeOfLines([found], { equipment: { model: 'yealink/w60b', mac: '805ec0112233', port: 2 } })
    const [problem] = await problemsOf(planEntries(store, bad, catalogue, { prune: false }))
    expect(problem).toMatch(/^mac-taken .*line \+33100000002\.equipment\.mac$/)
  })
})
