import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, permissions, roles } from '../../src/domain/permissions.ts'
import { bounded, homeOf, mayGive, type Scope, scopeFaults, seenBy } from '../../src/domain/scope.ts'

const companies = fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { minLength: 1 })
const site = fc.record({
  company: fc.constantFrom('A', 'B', 'C'),
  site: fc.constantFrom('one', 'two'),
  until: fc.constantFrom(5, 15),
})

/** Whoever may be: what a role needs, and nothing else. */
const anyScope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant<Scope>({ role: 'operator', companies: [], sites: [] }),
  companies.map((all): Scope => ({ role: 'manager', companies: all, sites: [] })),
  fc
    .uniqueArray(site, { minLength: 1, selector: (one) => one.company + one.site })
    .map((sites): Scope => ({ role: 'installer', companies: [], sites })),
  fc
    .constantFrom('A', 'B', 'C')
    .map((company): Scope => ({ role: 'user', companies: [company], sites: [], line: `+${company}` })),
)

const now = 10
const actions = Object.keys(permissions) as (keyof typeof permissions)[]
const places = ['A', 'B', 'C'].flatMap((company) => [
  { company },
  ...['one', 'two'].map((name) => ({ company, site: name, line: `+${company}` })),
])

/** Everything that somebody may do anywhere, but for what everybody may. */
function reach(scope: Scope): Set<string> {
  const home = homeOf(scope, now)
  const own = actions.filter((action) => action !== 'self.write' && action !== 'catalogue.read')
  return new Set(
    own.flatMap((action) =>
      [{}, ...places].flatMap((place) =>
        judge(home, action, place) === 'may' ? [JSON.stringify([action, place])] : [],
      ),
    ),
  )
}

test('nobody gives anybody a right that he has not himself', () => {
  fc.assert(
    fc.property(anyScope, anyScope, (giver, given) => {
      if (!mayGive(homeOf(giver, now), given)) return
      const own = reach(giver)
      expect([...reach(given)].filter((right) => !own.has(right))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('what is bounded reaches no further than the bound, nor than itself', () => {
  fc.assert(
    fc.property(anyScope, anyScope, (scope, bound) => {
      const left = bounded(scope, homeOf(bound, now))
      if (!left) return
      const [own, most] = [reach(scope), reach(bound)]
      expect([...reach(left)].filter((right) => !own.has(right) || !most.has(right))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('nobody hears of a company that is not his', () => {
  fc.assert(
    fc.property(anyScope, anyScope, (viewer, scope) => {
      const home = homeOf(viewer, now)
      const seen = seenBy(home, scope)
      if (home.companies === 'all' || !seen) return
      const named = [...seen.companies, ...seen.sites.map(({ company }) => company)]
      expect(named.length).toBeGreaterThan(0)
      for (const company of named) expect(home.companies).toContain(company)
    }),
  )
})

test('each role has what it needs, and is told of what it lacks', () => {
  fc.assert(fc.property(anyScope, (scope) => scopeFaults(scope).length === 0))
  for (const role of roles) {
    const whole = scopeFaults({
      role,
      companies: ['A'],
      sites: [{ company: 'A', site: 'one', until: 5 }],
      line: '+A',
    })
    expect(whole.map(({ code }) => code)).toEqual(
      Array(role === 'operator' ? 3 : role === 'user' ? 1 : 2).fill('scope-unfit'),
    )
    const empty = scopeFaults({ role, companies: [], sites: [] })
    expect(empty.map(({ code }) => code)).toEqual(role === 'operator' ? [] : ['scope-missing'])
  }
})

test('a site whose time is over is worth nothing', () => {
  const sites = [
    { company: 'A', site: 'one', until: 11 },
    { company: 'B', site: 'one', until: 10 },
  ]
  expect(homeOf({ role: 'installer', companies: [], sites }, now)).toEqual({
    role: 'installer',
    companies: ['A'],
    sites: [{ company: 'A', site: 'one' }],
  })
})
