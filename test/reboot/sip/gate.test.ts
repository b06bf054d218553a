import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createGate } from '../../../src/reboot/sip/gate.ts'

it('never lets more in than there is room for, in the order they came, and nobody out of it for good', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.boolean(), { maxLength: 40 }),
      async (room, fails) => {
        const gate = createGate(room)
        const began: number[] = []
        let inside = 0
        let most = 0
        const runs = fails.map((isFailing, i) =>
          gate.pass(async () => {
            began.push(i)
            most = Math.max(most, ++inside)
            await new Promise((resolve) => setImmediate(resolve))
            inside--
            if (isFailing) throw new Error('failed')
            return i
          }),
        )
        const ends = await Promise.allSettled(runs)
        expect(ends.map(({ status }) => status === 'rejected')).toEqual(fails)
        expect(began).toEqual(fails.map((_, i) => i))
        expect(most).toBe(Math.min(room, fails.length))
      },
    ),
  )
})
