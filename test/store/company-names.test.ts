import { expect, test } from 'vitest'
import { company, impact, line, link, opened, save, temporaryFolder } from './support.ts'

const mac = '805ec0112233'
const linked = company('A', {
  lines: [line('+33483050175', { equipment: { model: 'yealink/t54w', mac, port: 1, expansion: [] } })],
})

test('a company of a former name has nothing of the one that had it', async () => {
  const at = Date.parse('2026-11-21T10:00:00Z')
  const store = await opened({ folder: await temporaryFolder(), now: () => at })
  await link(store, [linked])
  await save(store, [linked], [], [impact(mac, 'unlinked')])
  const former = 'A (removed 2026-11-21)'
  expect(await store.findAudit({ companies: ['A'], limit: 100 })).toEqual([])
  const told = await store.findAudit({ companies: [former], limit: 100 })
  expect(told.map(({ what, action }) => `${what} ${action}`)).toContain('company removed')
  expect((await store.devices.deviceState(mac))?.company).toBe(former)
  await save(store, [], [company('A')])
  const fresh = await store.findAudit({ companies: ['A'], limit: 100 })
  expect(new Set(fresh.map(({ action }) => action))).toEqual(new Set(['added']))
  expect(await store.findAudit({ companies: [former], limit: 100 })).toEqual(told)
  expect(await store.findPlace({ mac })).toMatchObject({ company: former })
})
