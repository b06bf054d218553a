import { afterEach, beforeEach, expect, test } from 'vitest'
import { guardRoutes } from '../../../src/admin/routes/guard.ts'
import { createGuard } from '../../../src/delivery/access/guard.ts'
import { fits, people } from '../helpers/fleet.ts'
import { serving } from '../helpers/serving.ts'

const now = Date.parse('2026-11-21T10:00:00Z')
const site = '203.0.113.9'
const forgiven: string[] = []
let guard: ReturnType<typeof createGuard>
let api: Awaited<ReturnType<typeof serving>>

beforeEach(async () => {
  guard = createGuard()
  forgiven.length = 0
  api = await serving(guardRoutes, people, {
    now: () => now,
    guard: {
      suspects: guard.suspects,
      forgive(source, who) {
        forgiven.push(`${who} ${source}`)
        return guard.forgive(source)
      },
    },
  })
})
afterEach(() => api.close())

/** So many phones that nobody has linked, of addresses far apart. */
function plugIn(source: string, phones: number): void {
  for (let i = 0; i < phones; i++) {
    const mac = (0x64167f000000 + i * 100).toString(16)
    guard.refused({ source, mac, why: 'unknown-device' }, now)
  }
}

test('an operator sees who is shut out and until when, and lets him in at once', async () => {
  plugIn(site, 80)
  plugIn('2001:db8::1', 5)
  const { body } = await api.ask('GET', '/guard')
  fits(guardRoutes[0], body)
  expect(body.items).toMatchObject([
    { source: site, shutOut: true },
    { source: '20010db800000000/64', shutOut: false },
  ])
  expect(guard.shutOut(site, Date.parse(body.items[0].until) - 1000)).toBe(true)
  expect(guard.shutOut(site, Date.parse(body.items[0].until) + 1000)).toBe(false)
  const forgive = (source: string) => api.ask('POST', '/guard/forgive', { body: { source } })
  expect((await forgive(` ${site} `)).body).toEqual({ forgiven: true })
  expect(guard.shutOut(site, now)).toBe(false)
  expect(guard.delay(site, now)).toBe(0)
  expect((await forgive(site)).body).toEqual({ forgiven: false })
  expect((await forgive('2001:db8::ffff')).body).toEqual({ forgiven: true })
  expect((await api.ask('GET', '/guard')).body.items).toEqual([])
  expect(forgiven[0]).toBe(`operator@example.net ${site}`)
})

test('nobody else does, or knows of it', async () => {
  plugIn(site, 80)
  for (const as of ['manager', 'installer', 'user']) {
    expect((await api.ask('GET', '/guard', { as })).status).toBe(403)
    expect((await api.ask('POST', '/guard/forgive', { as, body: { source: site } })).status).toBe(403)
  }
  expect(guard.shutOut(site, now)).toBe(true)
})
