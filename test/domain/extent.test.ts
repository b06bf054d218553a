import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extentOf, isWithin } from '../../src/domain/extent.ts'
import { type Action, type Home, judge, permissions, roles } from '../../src/domain/permissions.ts'

const company = fc.constantFrom('A', 'B', 'C')
const site = fc.constantFrom('Grasse', 'Nice')
const line = fc.constantFrom('+331', '+332')
const home = fc.record({
  role: fc.constantFrom(...roles),
  companies: fc.uniqueArray(company),
  sites: fc.array(fc.record({ company, site })),
  line,
})
const actions = Object.keys(permissions) as Action[]

test('lists reach exactly what one may do one by one', () => {
  fc.assert(
    fc.property(
      home,
      fc.constantFrom(...actions),
      company,
      site,
      line,
      (given, action, company, site, line) => {
        const whose: Home = given.role === 'operator' ? { ...given, companies: 'all' } : given
        const isListed = isWithin(extentOf(whose, action), { company, site, lines: [line] })
        expect(isListed).toBe(judge(whose, action, { company, site, line }) === 'may')
      },
    ),
    { numRuns: 2000 },
  )
})
