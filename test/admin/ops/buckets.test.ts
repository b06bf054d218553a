import fc from 'fast-check'
import { Histogram, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createBuckets } from '../../../src/admin/ops/buckets.ts'

const bounds = [0.001, 0.01, 0.1, 1]
/** On the bounds, between them, and above all. */
const seconds = fc.oneof(fc.constantFrom(0, ...bounds, 2), fc.double({ min: 0, max: 3, noNaN: true }))

test('what Prometheus reads is what its own client would have told of the same', async () => {
  const each = fc.array(fc.tuple(fc.constantFrom('http', 'https', 'tftp'), seconds), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(each, async (observed) => {
      const registry = new Registry()
      const shape = { name: 'bootline_some_seconds', help: 'Some time' }
      const labelNames = ['transport'] as const
      const theirs = new Histogram({ ...shape, labelNames, buckets: [...bounds], registers: [registry] })
      const ours = createBuckets({ ...shape, bounds, label: 'transport' })
      for (const [transport, time] of observed) {
        theirs.labels(transport).observe(time)
        ours.observe(transport, time)
      }
      expect(`${ours.text()}\n`).toBe(await registry.metrics())
    }),
  )
})

test('times that are all alike have a page before there is one', async () => {
  const registry = new Registry()
  const shape = { name: 'bootline_other_seconds', help: 'Other time' }
  const theirs = new Histogram({ ...shape, buckets: [...bounds], registers: [registry] })
  const ours = createBuckets({ ...shape, bounds })
  expect(`${ours.text()}\n`).toBe(await registry.metrics())
  for (const time of [0.001, 0.5, 7]) {
    theirs.observe(time)
    ours.observe('', time)
  }
  expect(`${ours.text()}\n`).toBe(await registry.metrics())
})
