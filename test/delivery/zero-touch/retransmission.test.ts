import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { retransmit } from '../../../src/delivery/zero-touch/retransmission.ts'

let sentAt: number[] = []
let ends: [at: number, answered: boolean][] = []

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  sentAt = []
  ends = []
})
afterEach(() => void vi.useRealTimers())

const start = () =>
  retransmit(
    () => sentAt.push(Date.now()),
    (answered) => ends.push([Date.now(), answered]),
  )

test('without an answer it follows timer E, and gives up with timer F', () => {
  start()
  vi.runAllTimers()
  expect(sentAt).toEqual([0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500])
  expect(ends).toEqual([[32000, false]])
})

test('an answer ends the sending at once, and 32 seconds the rest', () => {
  const sending = start()
  vi.advanceTimersByTime(600)
  sending.answered()
  vi.runAllTimers()
  expect(sentAt).toEqual([0, 500])
  expect(ends).toEqual([[32000, true]])
})

test('a provisional answer makes it patient', () => {
  const sending = start()
  sending.slowDown()
  vi.advanceTimersByTime(9000)
  expect(sentAt).toEqual([0, 500, 4500, 8500])
})

test('stopped, it leaves nothing behind', () => {
  const sending = start()
  sending.stop()
  expect(vi.getTimerCount()).toBe(0)
  expect(ends).toEqual([])
})
