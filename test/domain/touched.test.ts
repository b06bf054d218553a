import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { deviceIntent, linesByDevice } from '../../src/domain/devices.ts'
import { diffFleets, sameRecord } from '../../src/domain/diff.ts'
import { impactOf } from '../../src/domain/impact.ts'
import type { Company, Line } from '../../src/domain/intent.ts'
import { touchedDevices } from '../../src/domain/touched.ts'
import { line, sampleCompany } from './sample.ts'

/** Few values, so that two draws often agree: lines share devices, watch each other, move and change their names. */
const lines = fc
  .uniqueArray(
    fc.record({
      digit: fc.integer({ min: 0, max: 6 }),
      site: fc.constantFrom('Grasse', 'Paris'),
      name: fc.constantFrom('Ana', 'Ben'),
      user: fc.constantFrom(undefined, 'own'),
      device: fc.constantFrom(undefined, 1, 2, 3),
      watches: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
    }),
    { selector: ({ digit }) => digit, maxLength: 7 },
  )
  .map((seeds): readonly Line[] =>
    seeds.map(({ digit, site, name, user, device, watches }) => ({
      ...line(`+3310${digit}`),
      site,
      name,
      ...(user === undefined ? {} : { sip: { user: `${user}${digit}` } }),
      ...(device === undefined
        ? {}
        : {
            equipment: { model: 'yealink/t54w', mac: `805ec000000${device}`, port: digit + 1, expansion: [] },
          }),
      keys: { supervision: watches.map((other) => `+3310${other}`), shortcuts: [] },
    })),
  )

const companies = fc
  .record({
    lines,
    locale: fc.constantFrom('fr', 'en'),
    timezone: fc.constantFrom('Europe/Paris', 'Europe/London'),
    siteTimezone: fc.constantFrom(undefined, 'Asia/Kolkata'),
    by: fc.constantFrom('sip', 'direct', 'none'),
  })
  .map(
    ({ lines, locale, timezone, siteTimezone, by }): Company => ({
      ...sampleCompany(lines),
      locale,
      timezone,
      sites: [
        {
          name: 'Grasse',
          pickupGroups: [],
          ...(siteTimezone === undefined ? {} : { timezone: siteTimezone }),
        },
        { name: 'Paris', pickupGroups: [] },
      ],
      reboot: { by },
    }),
  )

/** Every device of a company whatever has changed, which is what nobody wants to work out. */
function allIntents(company: Company): ReadonlyMap<string, unknown> {
  const find = (number: string) => company.lines.find((each) => each.number === number)
  const devices = linesByDevice(company.lines)
  return new Map([...devices].map(([mac, own]) => [mac, deviceIntent(company, mac, own, catalogue, find)]))
}

test('no device that gets other files is overlooked, and none that does not is named', () => {
  fc.assert(
    fc.property(
      companies,
      companies,
      fc.nat(),
      fc.constantFrom('all', 'lines', 'face'),
      (one, two, at, what) => {
        const faces = one.lines.map((each, i) =>
          i === at % one.lines.length ? { ...each, name: 'Zoé', sip: { user: `new${at % 2}` } } : each,
        )
        const after = { all: two, lines: { ...one, lines: two.lines }, face: { ...one, lines: faces } }[what]
        const found = diffFleets([one], [after]).flatMap((change) => impactOf(change, one, after, catalogue))
        const [was, is] = [allIntents(one), allIntents(after)]
        const differing = [...new Set([...was.keys(), ...is.keys()])].filter(
          (mac) => !sameRecord(was.get(mac), is.get(mac)),
        )
        expect(found.map(({ mac }) => mac).toSorted()).toEqual(differing.toSorted())
      },
    ),
    { numRuns: 500 },
  )
})

const watcherCount = 500
const colleague = '+33483050174'
const watchers = Array.from({ length: watcherCount }, (_, i): Line => {
  const number = `+3348400${String(i).padStart(4, '0')}`
  return {
    ...line(number),
    equipment: { model: 'yealink/t54w', mac: (0x805ec0000000 + i).toString(16), port: 1, expansion: [] },
    keys: { supervision: [colleague], shortcuts: [] },
  }
})
const large = sampleCompany([{ ...line(colleague), lastName: 'Diaz' }, ...watchers])
const touched = (after: Company) =>
  diffFleets([large], [after]).flatMap((change) => [...touchedDevices(change, large, after)])
const withLineAt = (i: number, change: Partial<Line>): Company => ({
  ...large,
  lines: large.lines.map((each, at) => (at === i ? { ...each, ...change } : each)),
})

test('whoever is renamed leads to the phones that show him, in the quiet hours', () => {
  const after = withLineAt(0, { lastName: 'Durand' })
  const [change] = diffFleets([large], [after])
  const impacts = change ? impactOf(change, large, after, catalogue) : []
  expect(impacts).toHaveLength(watcherCount)
  expect(new Set(impacts.map(({ urgency }) => urgency))).toEqual(new Set(['quiet-hours']))
})

test('a shortcut leads to one phone, an address to none, a company’s way of telling to none', () => {
  expect(touched(withLineAt(7, { keys: { supervision: [colleague], shortcuts: ['interception'] } }))).toEqual(
    [watchers[6]?.equipment?.mac],
  )
  expect(touched(withLineAt(0, { email: 'v@example.net' }))).toEqual([])
  expect(touched({ ...large, reboot: { by: 'none' }, quietHours: { from: '20:00', to: '06:00' } })).toEqual(
    [],
  )
  expect(touched({ ...large, reboot: { by: 'direct' } })).toHaveLength(watcherCount)
})
