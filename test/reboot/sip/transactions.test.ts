import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SipAnswer } from '../../../src/reboot/sip/answer.ts'
import type { Path } from '../../../src/reboot/sip/path.ts'
import { createTransactions } from '../../../src/reboot/sip/transactions.ts'

const request = Buffer.from('NOTIFY')

function answer(status: number, branch = 'b', method = 'NOTIFY'): SipAnswer {
  return { status, reason: 'So', branch, method, head: { text: '', headers: 0 } }
}

/** Notes when it was sent what, in milliseconds since it was made. */
function pathOf(isReliable: boolean) {
  const begin = Date.now()
  const times: number[] = []
  const sent = new Set<Buffer>()
  const path: Path = {
    via: '',
    contact: '',
    isReliable,
    send(bytes) {
      times.push(Date.now() - begin)
      sent.add(bytes)
    },
  }
  return { path, times, sent }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a transaction over UDP', () => {
  it('sends the same bytes at the times of timer E, and gives up with timer F', async () => {
    const { path, times, sent } = pathOf(false)
    const outcome = createTransactions(500).send(path, 'b', request)
    await vi.advanceTimersByTimeAsync(31_999)
    expect(times).toEqual([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500])
    expect([...sent]).toEqual([request])
    expect(await Promise.race([outcome, 'still waiting'])).toBe('still waiting')
    await vi.advanceTimersByTimeAsync(1)
    expect(await outcome).toEqual({ noAnswer: 'no answer within 32 s' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(times).toHaveLength(11)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('asks every four seconds once it knows that somebody is there', async () => {
    const { path, times } = pathOf(false)
    const transactions = createTransactions(500)
    const outcome = transactions.send(path, 'b', request)
    await vi.advanceTimersByTimeAsync(600)
    transactions.hear(answer(100))
    await vi.advanceTimersByTimeAsync(40_000)
    expect(times).toEqual([0, 500, 1500, 5500, 9500, 13_500, 17_500, 21_500, 25_500, 29_500])
    expect(await outcome).toEqual({ noAnswer: 'nothing more than 100 So within 32 s' })
  })

  it('ends with the first final answer, and forgets the next', async () => {
    const { path, times } = pathOf(false)
    const transactions = createTransactions(500)
    const outcome = transactions.send(path, 'b', request)
    transactions.hear(answer(180))
    transactions.hear(answer(489))
    transactions.hear(answer(200))
    expect(await outcome).toEqual({ answer: answer(489) })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(times).toEqual([0])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('takes no answer to another request, nor to another method', async () => {
    const { path } = pathOf(false)
    const transactions = createTransactions(500)
    const outcome = transactions.send(path, 'b', request)
    transactions.hear(answer(200, 'B'))
    transactions.hear(answer(200, 'b', 'OPTIONS'))
    await vi.advanceTimersByTimeAsync(32_000)
    expect(await outcome).toEqual({ noAnswer: 'no answer within 32 s' })
  })
})

describe('a transaction over a connection', () => {
  it('sends once, and waits as long', async () => {
    const { path, times } = pathOf(true)
    const outcome = createTransactions(500).send(path, 'b', request)
    await vi.advanceTimersByTimeAsync(32_000)
    expect(times).toEqual([0])
    expect(await outcome).toEqual({ noAnswer: 'no answer within 32 s' })
  })

  it('ends with its connection, and no other does', async () => {
    const [one, other] = [pathOf(true), pathOf(true)]
    const transactions = createTransactions(500)
    const lost = transactions.send(one.path, 'a', request)
    const kept = transactions.send(other.path, 'b', request)
    transactions.lose(one.path, 'gone')
    expect(await lost).toEqual({ noAnswer: 'gone' })
    transactions.hear(answer(200))
    expect(await kept).toEqual({ answer: answer(200) })
  })
})

it('when closing, ends what waits and begins nothing', async () => {
  const { path, times } = pathOf(false)
  const transactions = createTransactions(500)
  const before = transactions.send(path, 'b', request)
  transactions.close('stopping')
  expect(await before).toEqual({ noAnswer: 'stopping' })
  expect(await transactions.send(path, 'c', request)).toEqual({ noAnswer: 'stopping' })
  expect(times).toEqual([0])
  expect(vi.getTimerCount()).toBe(0)
})
