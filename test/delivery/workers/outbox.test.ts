import { expect, test } from 'vitest'
import { createOutbox } from '../../../src/delivery/workers/outbox.ts'

interface Piece {
  readonly some: readonly number[]
  readonly lost: number
  readonly gone: () => void
}

function outbox(): { readonly put: (one: number) => void; emptied(): Promise<void>; next(): Promise<Piece> } {
  const sent: Piece[] = []
  const waiting: ((piece: Piece) => void)[] = []
  const { put, emptied } = createOutbox<number>((some, lost, gone) => {
    const piece = { some, lost, gone }
    const taker = waiting.shift()
    if (taker) taker(piece)
    else sent.push(piece)
  })
  return {
    put,
    emptied,
    next: () => {
      const piece = sent.shift()
      return piece ? Promise.resolve(piece) : new Promise((resolve) => waiting.push(resolve))
    },
  }
}

test('what comes while a piece is on its way goes together, in its order', async () => {
  const { put, next } = outbox()
  put(1)
  put(2)
  const first = await next()
  expect(first.some).toEqual([1, 2])
  for (const one of [3, 4, 5]) put(one)
  first.gone()
  expect((await next()).some).toEqual([3, 4, 5])
})

test('a long wait ends in pieces that leave time for other work', async () => {
  const { put, next } = outbox()
  for (let i = 0; i < 450; i++) put(i)
  const sizes: number[] = []
  for (let heard = 0; heard < 450; ) {
    const piece = await next()
    expect(piece.some[0]).toBe(heard)
    heard += piece.some.length
    sizes.push(piece.some.length)
    piece.gone()
  }
  expect(sizes).toEqual([200, 200, 50])
})

test('when nobody takes it what waits is bounded, and how much was lost is told', async () => {
  const { put, next } = outbox()
  put(0)
  const stuck = await next()
  for (let i = 0; i < 50_003; i++) put(i)
  stuck.gone()
  const first = await next()
  expect(first).toMatchObject({ lost: 3 })
  first.gone()
  expect(await next()).toMatchObject({ lost: 0 })
})

test('is empty when the last piece has gone, and not before', async () => {
  const { put, next, emptied } = outbox()
  await emptied()
  put(1)
  let isEmpty = false
  const end = emptied().then(() => {
    isEmpty = true
  })
  const piece = await next()
  expect(isEmpty).toBe(false)
  piece.gone()
  await end
})
