import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharesOf } from '../../../src/admin/portal/home/shares.ts'
import { standings } from '../../../src/admin/routes/devices-shown.ts'

test('a bar has a part for each standing there is, side by side and as wide as the whole', () => {
  const counts = fc.dictionary(fc.constantFrom(...standings), fc.nat(20_000))
  fc.assert(
    fc.property(counts, (given) => {
      const { total, parts } = sharesOf(given, {})
      expect(total).toBe(Object.values(given).reduce((sum, count) => sum + count, 0))
      expect(parts.map(({ standing }) => standing).toSorted()).toEqual(
        Object.keys(given)
          .filter((standing) => (given[standing] ?? 0) > 0)
          .toSorted(),
      )
      let end = 0
      for (const { x, width } of parts) {
        expect(x).toBeCloseTo(end, 0)
        expect(width).toBeGreaterThan(10)
        end = x + width
      }
      expect(end).toBeCloseTo(parts.length > 0 ? 1000 : 0, 0)
    }),
  )
})

test('one among thousands is seen, and leads to the devices that stand so', () => {
  const { parts } = sharesOf({ 'in-sync': 9999, 'turned-away': 1 }, { company: 'Toine Immo' })
  expect(parts).toMatchObject([
    { standing: 'in-sync', count: 9999 },
    { standing: 'turned-away', to: '/devices?standing=turned-away&company=Toine+Immo' },
  ])
})
