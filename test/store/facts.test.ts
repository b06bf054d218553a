import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Standing } from '../../src/domain/standing.ts'
import { change, company, opened, save, temporaryFolder } from './support.ts'

const now = 1_800_000_000_000
const day = 24 * 3_600_000

/** Moments on both sides of every limit that standings and alarms know. */
const moment = fc.constantFrom(
  0,
  1,
  9_999,
  10_000,
  10_001,
  59_999,
  3_600_000,
  day,
  30 * day - 1,
  30 * day,
  31 * day,
)
const past = moment.map((ago) => now - ago)
/** Often enough for a device to be in a loop. */
const soon = fc.integer({ min: now - 3_000_000, max: now - 1 })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

const deviceRow = fc.record({
  company: fc.constantFrom('open', 'first-contact', 'certificate', 'gone'),
  site: fc.constantFrom('Siège', 'Dépôt'),
  state: fc.constantFrom('linked', 'neutral'),
  window: maybe(
    fc.record({
      opened: past,
      expires: fc.constantFrom(now - 1, now, now + 1, now + day),
      first: maybe(past),
    }),
  ),
  revision: maybe(fc.constantFrom('r1', 'r2')),
  revisionAt: past,
  delivered: maybe(fc.constantFrom('r1', 'r2')),
  seen: maybe(past),
  visits: maybe(
    fc.record({
      starts: fc.array(fc.oneof(past, soon), { maxLength: 7, size: 'max' }).map((times) => times.toSorted()),
      refusals: fc.constantFrom(0, 1, 3),
      refusedAt: past,
      why: fc.constantFrom('credentials-needed', 'credentials-wrong'),
    }),
  ),
})

test('the database finds and counts devices as the rules judge them, whatever is known of them', async () => {
  const folder = await temporaryFolder()
  const store = await opened({ folder })
  const sites = ['Siège', 'Dépôt'].map((name) => ({ name, pickupGroups: [] }))
  const accesses = ['open', 'first-contact', 'certificate'] as const
  await save(
    store,
    [],
    accesses.map((deviceAccess) => company(deviceAccess, { deviceAccess, sites })),
  )
  const devices: string[] = []
  const visited: string[] = []
  const rows = fc.sample(deviceRow, { numRuns: 2000, seed: 11 })
  for (const [i, row] of rows.entries()) {
    const mac = `80${i.toString(16).padStart(10, '0')}`
    const { window, revision, visits } = row
    devices.push(
      literals(
        mac,
        'yealink/t54w',
        row.company,
        row.site,
        row.state,
        1,
        window?.opened ?? null,
        window?.expires ?? null,
        window?.first ?? null,
        revision,
        revision === null ? null : row.revisionAt,
        row.delivered,
        row.seen,
      ),
    )
    if (!visits) continue
    const { refusals, refusedAt, why } = visits
    // Nobody starts after he was seen last.
    const starts = visits.starts.filter((at) => row.seen !== null && at <= row.seen)
    const since = starts.length === 7 ? starts[0] : null
    visited.push(
      literals(
        mac,
        JSON.stringify(starts),
        since,
        refusals,
        refusals ? refusedAt : null,
        refusals ? why : null,
      ),
    )
  }
  change(
    folder,
    `insert into device (mac, model, company, site, state, generation, window_opened_at,
    window_expires_at, window_first_contact_at, revision, revision_at, delivered_revision, last_seen_at)
    values ${devices.join(', ')}`,
  )
  change(
    folder,
    `insert into device_visits (mac, starts, starts_since, refusals, refused_at, refused_why)
    values ${visited.join(', ')}`,
  )

  const all = await store.devices.find({ within: {}, limit: 5000, now })
  expect(all).toHaveLength(rows.length)
  const standings: readonly Standing[] = [
    'in-sync',
    'behind',
    'awaited',
    'never-seen',
    'turned-away',
    'unlinked',
  ]
  for (const standing of standings) {
    const found = await store.devices.find({ within: {}, standing, limit: 5000, now })
    const judged = all.filter((one) => one.standing === standing)
    expect(judged.length, standing).toBeGreaterThan(5)
    expect(found, standing).toEqual(judged)
  }
  const alarmed = await store.devices.find({ within: {}, alarm: 'any', limit: 5000, now })
  expect(alarmed).toEqual(all.filter(({ alarms }) => alarms.length > 0))
  expect(new Set(alarmed.flatMap(({ alarms }) => alarms)).size).toBe(4)

  const companies = await store.readFacts({ within: {}, limit: 10, now })
  expect(companies.map((one) => one.company)).toEqual([...accesses].sort())
  for (const { company, devices } of companies) {
    const theirs = all.filter(({ device }) => device.company === company)
    expect(devices, company).toEqual(counted(theirs))
    const found = await store.readSiteFacts({ within: {}, company, now })
    expect(found.map(({ site, devices }) => ({ site, devices }))).toEqual(
      ['Dépôt', 'Siège'].map((site) => ({
        site,
        devices: counted(theirs.filter(({ device }) => device.site === site)),
      })),
    )
  }
})

function literals(...values: readonly (string | number | null | undefined)[]): string {
  const each = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value ?? null)))
  return `(${each.join(', ')})`
}

function counted(devices: readonly { readonly standing: Standing }[]): Partial<Record<Standing, number>> {
  const counts: Partial<Record<Standing, number>> = {}
  for (const { standing } of devices) counts[standing] = (counts[standing] ?? 0) + 1
  return counts
}
