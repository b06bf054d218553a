import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createGate } from '../../../src/reboot/sip/gate.ts'

it('never lets more in than there is room for, in the order they came, and nobody out of it for good', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 40 }),
      async (room, turns) => {
        const gate = createGate(room)
        const began: number[] = []
        let inside = 0
        let most = 0
        const runs = turns.map(async (length, i) => {
          const wait = gate.enter()
          expect(wait === undefined).toBe(i < room)
          await wait
          began.push(i)
          most = Math.max(most, ++inside)
          for (let turn = 0; turn < length; turn++) await new Promise((resolve) => setImmediate(resolve))
          inside--
          gate.leave()
        })
        await Promise.all(runs)
        expect(began).toEqual(turns.map((_, i) => i))
        expect(most).toBe(Math.min(room, turns.length))
        expect(gate.enter()).toBeUndefined()
      },
    ),
  )
})
