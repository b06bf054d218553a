import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Choice, choose, type Paced } from '../../src/reboot/pacer.ts'
import { minute, type Sent } from '../../src/reboot/rates.ts'
import { noTurns } from '../../src/reboot/turns.ts'

interface Job extends Paced {
  readonly arrives: number
}

const jobs = fc
  .array(
    fc.record({
      company: fc.constantFrom('A', 'B', 'C'),
      site: fc.constantFrom('1', '2', '3', '4'),
      cause: fc.constantFrom('order' as const, 'change' as const),
      quiet: fc.boolean(),
      arrives: fc.integer({ min: 0, max: 5 * minute }),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((all) =>
    all.map(
      ({ site, ...rest }, id): Job => ({
        id,
        ...rest,
        place: `${rest.company} / ${site}`,
        dueAt: rest.arrives,
      }),
    ),
  )

const limits = fc.record({
  perMinute: fc.integer({ min: 1, max: 12 }),
  perSite: fc.integer({ min: 1, max: 5 }),
})

interface Told extends Sent {
  readonly job: Job
}

/** Works a queue to its end on a clock of its own: it looks when something arrives and when the pacer says so. */
function work(all: readonly Job[], limit: { perMinute: number; perSite: number }): readonly Told[] {
  const told: Told[] = []
  const done = new Set<Job>()
  let turns = noTurns
  let now = 0
  for (let looks = 0; done.size < all.length; looks++) {
    if (looks > 10 * all.length) throw new Error('somebody is never told')
    const due = all.filter((job) => job.arrives <= now && !done.has(job))
    const choice: Choice<Job> = choose(due, told, limit, now, turns)
    turns = choice.turns
    for (const job of choice.send) {
      done.add(job)
      told.push({ job, place: job.place, at: now })
    }
    const arrivals = all.filter((job) => job.arrives > now).map((job) => job.arrives)
    const next = Math.min(...arrivals, choice.again ?? Number.POSITIVE_INFINITY)
    if (done.size < all.length && !(next > now && next < Number.POSITIVE_INFINITY)) {
      throw new Error('the pacer does not say when to go on')
    }
    now = next
  }
  return told
}

function mostInAnyMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + minute).length))
}

test('no minute has more than the limits, in all and at each place, and everybody is told once', () => {
  fc.assert(
    fc.property(jobs, limits, (all, limit) => {
      const told = work(all, limit)
      expect(told.map(({ job }) => job.id).sort((a, b) => a - b)).toStrictEqual(all.map(({ id }) => id))
      expect(mostInAnyMinute(told.map(({ at }) => at))).toBeLessThanOrEqual(limit.perMinute)
      for (const place of new Set(told.map((each) => each.place))) {
        const there = told.filter((each) => each.place === place)
        expect(mostInAnyMinute(there.map(({ at }) => at))).toBeLessThanOrEqual(limit.perSite)
      }
    }),
  )
})

test('nobody waits while the limits would let him through', () => {
  fc.assert(
    fc.property(jobs, limits, (all, limit) => {
      const told = work(all, limit)
      for (const { job, at } of told) {
        // A moment before he was told, he had not come yet, or a limit was used up.
        const before = at - 1
        const recent = told.filter((each) => each.at <= before && each.at > before - minute)
        const there = recent.filter((each) => each.place === job.place)
        expect(job.arrives === at || recent.length >= limit.perMinute || there.length >= limit.perSite).toBe(
          true,
        )
      }
    }),
  )
})

test('at a place those of the same haste are told in the order they are due', () => {
  fc.assert(
    fc.property(jobs, limits, (all, limit) => {
      const groups = new Map<string, Told[]>()
      for (const each of work(all, limit)) {
        const { place, cause, quiet } = each.job
        const key = JSON.stringify([place, cause, cause === 'change' && quiet])
        groups.set(key, [...(groups.get(key) ?? []), each])
      }
      for (const group of groups.values()) {
        const due = group.map(({ job }) => job.dueAt)
        expect(due).toStrictEqual(due.toSorted((a, b) => a - b))
      }
    }),
  )
})

const job = (id: number, parts: Partial<Paced> = {}): Paced => ({
  id,
  company: 'A',
  place: 'A / 1',
  cause: 'change',
  quiet: false,
  dueAt: id,
  ...parts,
})

const ids = (choice: Choice<Paced>): readonly number[] => choice.send.map(({ id }) => id)

test('what people order goes first, and what can wait for quiet hours last', () => {
  const due = [
    job(1, { quiet: true }),
    job(2),
    job(3, { cause: 'order', quiet: true }),
    job(4),
    job(5, { cause: 'order' }),
  ]
  expect(ids(choose(due, [], { perMinute: 9, perSite: 9 }, 100, noTurns))).toStrictEqual([3, 5, 2, 4, 1])
})

test('a company with many sites gets no more turns than one with a single site', () => {
  const large = Array.from({ length: 50 }, (_, i) => job(i, { company: 'L', place: `L / ${i}` }))
  const small = Array.from({ length: 5 }, (_, i) => job(100 + i, { company: 'S', place: 'S / 1' }))
  let due: readonly Paced[] = [...large, ...small]
  let turns = noTurns
  const companies: string[] = []
  // One at a time, as the limit leaves them: whose turn it is has to be remembered.
  for (let i = 0; i < 10; i++) {
    const now = i * minute
    const choice = choose(due, [], { perMinute: 1, perSite: 1 }, now, turns)
    turns = choice.turns
    companies.push(...choice.send.map(({ company }) => company))
    due = due.filter((each) => !choice.send.includes(each))
  }
  expect(companies.filter((company) => company === 'S')).toHaveLength(5)
})

test('the sites of a company are told in turn, however long the queue of the first is', () => {
  const first = Array.from({ length: 20 }, (_, i) => job(i))
  const second = Array.from({ length: 2 }, (_, i) => job(50 + i, { place: 'A / 2' }))
  const choice = choose([...first, ...second], [], { perMinute: 4, perSite: 9 }, 100, noTurns)
  expect(ids(choice)).toStrictEqual([0, 50, 1, 51])
})

test('a minute after the last tell the next may follow, not a millisecond sooner', () => {
  const sent = [{ place: 'A / 1', at: 1000 }]
  const limit = { perMinute: 10, perSite: 1 }
  expect(choose([job(1)], sent, limit, 1000 + minute - 1, noTurns)).toMatchObject({
    send: [],
    again: 1000 + minute,
  })
  expect(ids(choose([job(1)], sent, limit, 1000 + minute, noTurns))).toStrictEqual([1])
})

test('a limit that is overdrawn, as by another node or a lower setting, is waited out', () => {
  const sent = [1, 2, 3, 4].map((at) => ({ place: 'B / 1', at }))
  const choice = choose([job(1)], sent, { perMinute: 2, perSite: 2 }, 10, noTurns)
  expect(choice).toMatchObject({ send: [], again: 3 + minute })
})
